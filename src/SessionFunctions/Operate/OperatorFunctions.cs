using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Data;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Operate;

namespace SessionFunctions.Operate;

/// <summary>
/// <c>/manage/sessions/{sid}</c>: any session, for the operator, who comes with a function key. (The host keeps <c>admin</c> for itself.)
/// </summary>
public sealed class OperatorFunctions(EntryStep entry, OperatorSessions sessions, DataRequests requests, IOptions<SizeOptions> sizes)
{
    private const string Route = "manage/sessions/{sid}";
    private const int MaxDeadlinesBytes = 1024;

    [Function("OperatorReadSession")]
    public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request, string sid) =>
        entry.OpenAsync(request, sid, ReadAsync);

    [Function("OperatorEndSession")]
    public Task<IResult> End([HttpTrigger(AuthorizationLevel.Function, "delete", Route = Route)] HttpRequest request, string sid) =>
        entry.OpenAsync(request, sid, EndAsync);

    [Function("OperatorMoveDeadlines")]
    public Task<IResult> Move([HttpTrigger(AuthorizationLevel.Function, "patch", Route = Route)] HttpRequest request, string sid) =>
        entry.OpenAsync(request, sid, MoveAsync);

    [Function("OperatorPatchClaims")]
    public Task<IResult> PatchClaims([HttpTrigger(AuthorizationLevel.Function, "patch", Route = $"{Route}/claims")] HttpRequest request, string sid) =>
        entry.OpenAsync(request, sid, PatchClaimsAsync);

    [Function("OperatorReplaceData")]
    public Task<IResult> ReplaceData([HttpTrigger(AuthorizationLevel.Function, "put", Route = $"{Route}/data")] HttpRequest request, string sid) =>
        entry.OpenAsync(request, sid, ReplaceDataAsync);

    [Function("OperatorPatchData")]
    public Task<IResult> PatchData([HttpTrigger(AuthorizationLevel.Function, "patch", Route = $"{Route}/data")] HttpRequest request, string sid) =>
        entry.OpenAsync(request, sid, PatchDataAsync);

    private async Task<IResult> ReadAsync(OpenCall call, string sid)
    {
        if (!SessionInPath.Find(sid).Succeeded(out var id, out var problem))
        {
            return problem;
        }

        Outcome<Session> found = await sessions.FindAsync(id, call.Cancellation);
        return !found.Succeeded(out var session, out problem) ? problem
            : EntityTag.IfNoneMatchNames(call.Request, session) ? new NotModified(session)
            : new SessionAnswer(session);
    }

    private async Task<IResult> EndAsync(OpenCall call, string sid)
    {
        if (!SessionInPath.Parse(sid).Succeeded(out var id, out var problem))
        {
            return problem;
        }

        await sessions.EndAsync(id, call.Cancellation);
        return NoAnswer.Done;
    }

    private async Task<IResult> MoveAsync(OpenCall call, string sid)
    {
        if (!(await RequestBody.ReadJsonAsync(call.Request, MaxDeadlinesBytes, DeadlinesRequest.Parse)).Succeeded(out var wanted, out var problem)
            || !SessionInPath.Find(sid).Succeeded(out var id, out problem))
        {
            return problem;
        }

        return Answer(await sessions.MoveDeadlinesAsync(id, wanted.ExpiresIn, wanted.EndsIn, call.Cancellation));
    }

    private async Task<IResult> PatchClaimsAsync(OpenCall call, string sid)
    {
        if (!(await ClaimsRequest.ReadAsync(call.Request, sizes.Value.MaxClaimsBytes)).Succeeded(out var wanted, out var problem)
            || !SessionInPath.Find(sid).Succeeded(out var id, out problem))
        {
            return problem;
        }

        return Answer(await sessions.PatchClaimsAsync(id, wanted.Condition.For(id), wanted.Patch, call.Cancellation, wanted.Key));
    }

    private async Task<IResult> ReplaceDataAsync(OpenCall call, string sid)
    {
        if (!(await requests.ReplacementAsync(call.Request)).Succeeded(out var wanted, out var problem))
        {
            return problem;
        }

        return await ChangeDataAsync(call, sid, wanted);
    }

    private async Task<IResult> PatchDataAsync(OpenCall call, string sid)
    {
        if (!(await requests.PatchAsync(call.Request)).Succeeded(out var wanted, out var problem))
        {
            return problem;
        }

        return await ChangeDataAsync(call, sid, wanted);
    }

    private async Task<IResult> ChangeDataAsync(OpenCall call, string sid, DataRequest wanted)
    {
        if (!SessionInPath.Find(sid).Succeeded(out var id, out var problem))
        {
            return problem;
        }

        Outcome<Session> changed = await sessions.ChangeDataAsync(
            id, wanted.Condition.For(id), wanted.Change, call.Cancellation, wanted.Key);
        return changed.Succeeded(out var session, out problem) ? DataAnswer.Changed(call.Request, session) : problem;
    }

    private static IResult Answer(Outcome<Session> outcome) => outcome.Succeeded(out var session, out var problem) ? new SessionAnswer(session) : problem;
}

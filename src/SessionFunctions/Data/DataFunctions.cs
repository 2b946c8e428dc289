using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Data;

namespace SessionFunctions.Data;

/// <summary><c>/sessions/current/data</c>: what the holder keeps in the session.</summary>
public sealed class DataFunctions(EntryStep entry, HolderData data, DataRequests requests)
{
    private const string Route = "sessions/current/data";

    [Function("ReplaceData")]
    public Task<IResult> Replace([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request) =>
        entry.HolderAsync(request, ReplaceAsync);

    [Function("PatchData")]
    public Task<IResult> Patch([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Route)] HttpRequest request) =>
        entry.HolderAsync(request, PatchAsync);

    private async Task<IResult> ReplaceAsync(HolderCall call)
    {
        if (!(await requests.ReplacementAsync(call.Request)).Succeeded(out var wanted, out var problem))
        {
            return problem;
        }

        return await ChangeAsync(call, wanted);
    }

    private async Task<IResult> PatchAsync(HolderCall call)
    {
        if (!(await requests.PatchAsync(call.Request)).Succeeded(out var wanted, out var problem))
        {
            return problem;
        }

        return await ChangeAsync(call, wanted);
    }

    private async Task<IResult> ChangeAsync(HolderCall call, DataRequest wanted)
    {
        Outcome<Session> changed = await data.ChangeAsync(
            call.Token, wanted.Condition.For(call.Token.Id), wanted.Change, call.Cancellation, wanted.Key);
        return changed.Succeeded(out var session, out var problem) ? DataAnswer.Changed(call.Request, session) : problem;
    }
}

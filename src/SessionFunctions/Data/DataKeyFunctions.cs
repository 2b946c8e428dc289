using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using SessionFunctions.Use;
using Sessions;
using Sessions.Data;
using Sessions.Use;

namespace SessionFunctions.Data;

/// <summary><c>/sessions/current/data/{key}</c>: one member of the data, whatever else changes at the same time.</summary>
public sealed class DataKeyFunctions(EntryStep entry, HolderSessions sessions, HolderData data, DataRequests requests)
{
    private const string Route = "sessions/current/data/{key}";

    [Function("ReadKey")]
    public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, string key) =>
        entry.HolderAsync(request, key, ReadAsync);

    [Function("ReplaceKey")]
    public Task<IResult> Replace([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request, string key) =>
        entry.HolderAsync(request, key, ReplaceAsync);

    [Function("DeleteKey")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request, string key) =>
        entry.HolderAsync(request, key, DeleteAsync);

    [Function("IncrementKey")]
    public Task<IResult> Increment(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{Route}/increment")] HttpRequest request, string key) =>
        entry.HolderAsync(request, key, IncrementAsync);

    private async Task<IResult> ReadAsync(HolderCall call, string name)
    {
        if (!KeyInPath.Parse(name).Succeeded(out var key, out var problem)
            || !ReadQuery.Touch(call.Request).Succeeded(out var touch, out problem))
        {
            return problem;
        }

        Outcome<Session> read = await sessions.ReadAsync(call.Token, slide: touch, call.Cancellation);
        if (!read.Succeeded(out var session, out problem))
        {
            return problem;
        }

        Outcome<DataValue> found = session.Data.Find(key);
        return !found.Succeeded(out var value, out problem) ? problem
            : EntityTag.IfNoneMatchNames(call.Request, session) ? new NotModified(session)
            : new BytesAnswer(value.Utf8) { ETag = EntityTag.Of(session) };
    }

    private async Task<IResult> ReplaceAsync(HolderCall call, string name)
    {
        if (!KeyInPath.Parse(name).Succeeded(out var key, out var problem)
            || !(await requests.ValueAsync(call.Request, key)).Succeeded(out var wanted, out problem)
            || !(await ChangeAsync(call, wanted)).Succeeded(out var session, out problem))
        {
            return problem;
        }

        return DataAnswer.Changed(call.Request, session);
    }

    private async Task<IResult> DeleteAsync(HolderCall call, string name)
    {
        if (!KeyInPath.Parse(name).Succeeded(out var key, out var problem)
            || !(await requests.DeletionAsync(call.Request, key)).Succeeded(out var wanted, out problem)
            || !(await ChangeAsync(call, wanted)).Succeeded(out var session, out problem))
        {
            return problem;
        }

        return new NoContent(session) { AsPreferred = Preference.WantsMinimal(call.Request) };
    }

    private async Task<IResult> IncrementAsync(HolderCall call, string name)
    {
        if (!KeyInPath.Parse(name).Succeeded(out var key, out var problem)
            || !(await requests.IncrementAsync(call.Request, key)).Succeeded(out var wanted, out problem)
            || !(await ChangeAsync(call, wanted)).Succeeded(out var session, out problem))
        {
            return problem;
        }

        return DataAnswer.Counted(call.Request, session, key);
    }

    private async Task<Outcome<Session>> ChangeAsync(HolderCall call, DataRequest wanted) =>
        await data.ChangeAsync(call.Token, wanted.Condition.For(call.Token.Id), wanted.Change, call.Cancellation, wanted.Key);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Users;

namespace SessionFunctions.Users;

/// <summary><c>/sessions/current/siblings</c>: the holder's other sessions.</summary>
public sealed class SiblingFunctions(EntryStep entry, Siblings siblings)
{
    private const string Route = "sessions/current/siblings";

    [Function("ListSiblings")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request) =>
        entry.HolderAsync(request, ListAsync);

    [Function("EndSiblings")]
    public Task<IResult> End([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request) =>
        entry.HolderAsync(request, EndAsync);

    [Function("EndSibling")]
    public Task<IResult> EndOne([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = $"{Route}/{{sid}}")] HttpRequest request, string sid) =>
        entry.HolderAsync(request, sid, EndOneAsync);

    private async Task<IResult> ListAsync(HolderCall call)
    {
        if (!Continuation.Of(call.Request).Succeeded(out var after, out var problem))
        {
            return problem;
        }

        Outcome<ListPage<ListedSession>> listed = await siblings.ListAsync(call.Token, after, call.Cancellation);
        return listed.Succeeded(out var page, out problem) ? SessionList.Answer(page) : problem;
    }

    private async Task<IResult> EndAsync(HolderCall call)
    {
        Outcome<int> ended = await siblings.EndAsync(call.Token, call.Cancellation);
        return ended.Succeeded(out _, out var problem) ? NoAnswer.Done : problem;
    }

    private async Task<IResult> EndOneAsync(HolderCall call, string sid)
    {
        if (!SessionInPath.Parse(sid).Succeeded(out var id, out var problem))
        {
            return problem;
        }

        return await siblings.EndOneAsync(call.Token, id, call.Cancellation) is { } refusal ? Problem.Of(refusal) : NoAnswer.Done;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions.Users;

namespace SessionFunctions.Users;

/// <summary>
/// <c>/manage/users</c>: one user's sessions, for the operator. The user is named in the body: names stay out of addresses and logs.
/// </summary>
public sealed class UserFunctions(EntryStep entry, UserSessions sessions)
{
    private const int MaxBytes = 4 * 1024;

    [Function("ListUserSessions")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "post", Route = "manage/users/sessions")] HttpRequest request) =>
        entry.OpenAsync(request, ListAsync);

    [Function("EndUserSessions")]
    public Task<IResult> End([HttpTrigger(AuthorizationLevel.Function, "post", Route = "manage/users/end-sessions")] HttpRequest request) =>
        entry.OpenAsync(request, EndAsync);

    private async Task<IResult> ListAsync(OpenCall call)
    {
        if (!(await RequestBody.ReadJsonAsync(call.Request, MaxBytes, ListUserRequest.Parse)).Succeeded(out var wanted, out var problem))
        {
            return problem;
        }

        return wanted.WithData
            ? SessionList.Answer(await sessions.ReadAsync(wanted.User, wanted.After, call.Cancellation))
            : SessionList.Answer(await sessions.ListAsync(wanted.User, wanted.After, call.Cancellation));
    }

    /// <summary>Logs the user out everywhere; with <c>except</c>, everywhere else.</summary>
    private async Task<IResult> EndAsync(OpenCall call)
    {
        if (!(await RequestBody.ReadJsonAsync(call.Request, MaxBytes, EndUserRequest.Parse)).Succeeded(out var wanted, out var problem))
        {
            return problem;
        }

        Outcome<int> ending = await sessions.EndAsync(wanted.User, wanted.Except, call.Cancellation);
        return ending.Succeeded(out var ended, out problem)
            ? new JsonAnswer<EndedSessions>(new EndedSessions(ended), UsersJson.Answers.EndedSessions)
            : problem;
    }
}

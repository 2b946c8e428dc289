using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Operate;

namespace SessionFunctions.Users;

/// <summary><c>/manage/users/{user}/sessions</c>: one user's sessions, for the operator.</summary>
public sealed class UserFunctions(EntryStep entry, OperatorSessions manager)
{
    /// <summary>The platform's front end decodes a slash in the name, so the name may take several segments.</summary>
    private const string Route = "manage/users/{user}/{*rest}";

    private static readonly Refusal NoUser = Refusal.NotAllowed($"A user has 1 to {User.MaxBytes} bytes in UTF-8.");

    [Function("ManageListUser")]
    public Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        entry.OpenAsync(request, async cancellation =>
            UserOf(request).Succeeded(out var user, out var refusal)
                ? new ListAnswer(await manager.ListAsync(user, cancellation))
                : Problem.Of(refusal));

    /// <summary>Logs the user out everywhere; with <c>?except={sid}</c>, everywhere else.</summary>
    [Function("ManageEndUser")]
    public Task<IResult> EndAsync([HttpTrigger(AuthorizationLevel.Function, "delete", Route = Route)] HttpRequest request) =>
        entry.OpenAsync(request, async cancellation =>
        {
            if (!UserOf(request).Succeeded(out var user, out var refusal))
            {
                return Problem.Of(refusal);
            }

            SessionId? except = null;
            if (request.Query["except"] is [{ } text, ..])
            {
                if (!SessionId.TryParse(text, out var id))
                {
                    return Problem.Of(Refusal.Malformed("except must be a session id."));
                }

                except = id;
            }

            await manager.EndAllAsync(user, except, cancellation);
            return Results.NoContent();
        });

    private static Result<User> UserOf(HttpRequest request) =>
        AddressText.Between(request, "/manage/users/", "/sessions")
            .Then<User>(name => User.TryParse(name, out var user) ? user : NoUser);
}

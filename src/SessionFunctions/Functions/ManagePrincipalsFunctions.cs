using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Http;
using Sessions;

namespace SessionFunctions.Functions;

/// <summary><c>/manage/principals/{principal}/sessions</c>: one user's sessions, for the operator.</summary>
public sealed class ManagePrincipalsFunctions(Gate gate, SessionManager manager)
{
    /// <summary>The platform's front end decodes a slash in the name, so the name may take several segments.</summary>
    private const string Route = "manage/principals/{principal}/{*rest}";

    private static readonly Refusal NoPrincipal = Refusal.NotAllowed($"A principal has 1 to {Principal.MaxBytes} bytes in UTF-8.");

    [Function("ManageListPrincipal")]
    public Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        gate.OpenAsync(request, async cancellation =>
            PrincipalOf(request).Succeeded(out var principal, out var refusal)
                ? new ListAnswer(await manager.ListAsync(principal, cancellation))
                : Problem.Of(refusal));

    /// <summary>Logs the user out everywhere; with <c>?except={sid}</c>, everywhere else.</summary>
    [Function("ManageEndPrincipal")]
    public Task<IResult> EndAsync([HttpTrigger(AuthorizationLevel.Function, "delete", Route = Route)] HttpRequest request) =>
        gate.OpenAsync(request, async cancellation =>
        {
            if (!PrincipalOf(request).Succeeded(out var principal, out var refusal))
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

            await manager.EndAllAsync(principal, except, cancellation);
            return Results.NoContent();
        });

    private static Result<Principal> PrincipalOf(HttpRequest request) =>
        AddressText.Between(request, "/manage/principals/", "/sessions")
            .Then<Principal>(name => Principal.TryParse(name, out var principal) ? principal : NoPrincipal);
}

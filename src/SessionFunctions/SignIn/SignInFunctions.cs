using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using SessionFunctions.Oidc;
using SessionFunctions.Users;
using Sessions;
using Sessions.SignIn;
using Sessions.Use;

namespace SessionFunctions.SignIn;

/// <summary><c>/sessions/current/user</c> and <c>…/siblings</c>: the user behind the session, as the holder sees it.</summary>
public sealed class SignInFunctions(
    EntryStep entry, HolderSessions sessions, SessionSignIn signIn, IdTokenVerifier verifier, SessionCookie cookie)
{
    /// <summary>Room for an id token beside what a ticket takes.</summary>
    private const int MaxIdTokenBytes = 32 * 1024;

    /// <summary>Signs in, with a ticket from the operator or an id token from the provider: the session goes on under a new id, with a new token.</summary>
    [Function("SignIn")]
    public Task<IResult> SignInAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions/current/user")] HttpRequest request) =>
        entry.HolderAsync(request, async holder =>
        {
            var (wanted, problem) = await JsonRequest.ReadAsync(request, MaxIdTokenBytes, SignInRequest.Parse);
            if (wanted is null)
            {
                return problem!;
            }

            if (wanted.IdToken is not null && !verifier.IsOn)
            {
                return Problem.NotEnabled("Sessions:Oidc:Authority");
            }

            var admitted = await AdmissionOfAsync(holder, wanted);
            return (await admitted.ThenAsync(admit => signIn.SignInAsync(holder.Token.Id, admit, AgentLabel.Of(request), holder.Cancellation)))
                .Succeeded(out var issued, out var refusal)
                    ? cookie.Carry(request, issued, holder.Transport, StatusCodes.Status200OK)
                    : Problem.Of(refusal);
        });

    [Function("ListSiblings")]
    public Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "sessions/current/siblings")] HttpRequest request) =>
        entry.HolderAsync(request, async holder =>
            (await sessions.SiblingsAsync(holder.Token, holder.Cancellation)).Succeeded(out var entries, out var refusal)
                ? new ListAnswer(entries)
                : Problem.Of(refusal));

    [Function("EndSiblings")]
    public Task<IResult> EndAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "sessions/current/siblings")] HttpRequest request) =>
        entry.HolderAsync(request, async holder =>
            (await sessions.EndSiblingsAsync(holder.Token, holder.Cancellation)).Succeeded(out _, out var refusal)
                ? Results.NoContent()
                : Problem.Of(refusal));

    /// <summary>By which right the holder signs in, to be asked of the session as it then is.</summary>
    private async Task<Result<Func<Session?, DateTimeOffset, Result<SignInAs>>>> AdmissionOfAsync(HolderCall holder, SignInRequest wanted)
    {
        if (wanted.Ticket is { } ticket)
        {
            return (Func<Session?, DateTimeOffset, Result<SignInAs>>)((session, now) => SignInRights.ByTicket(session, holder.Token, ticket, now));
        }

        return (await verifier.VerifyAsync(wanted.IdToken!, wanted.Nonce, holder.Cancellation)).Then(BindingOf)
            .Then<Func<Session?, DateTimeOffset, Result<SignInAs>>>(binding =>
                (Func<Session?, DateTimeOffset, Result<SignInAs>>)((session, now) => SignInRights.ByIdToken(session, holder.Token, binding, now)));
    }

    private static Result<SignInAs> BindingOf(IdToken idToken) =>
        !User.TryParse(idToken.Subject, out var user) ? SignInRights.WrongTicket
        : SessionData.From(idToken.Claims).Then<SignInAs>(claims => new SignInAs(user) { Claims = claims });
}

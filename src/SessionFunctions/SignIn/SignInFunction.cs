using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using SessionFunctions.Oidc;
using Sessions;
using Sessions.SignIn;

namespace SessionFunctions.SignIn;

/// <summary>
/// <c>POST /sessions/current/sign-in</c>, with a ticket from the operator or an id token from the provider: the session goes on under a
/// new id,
/// with a new token.
/// </summary>
public sealed class SignInFunction(EntryStep entry, SessionSignIn signIn, IdTokenVerifier verifier, SessionCookie cookie)
{
    /// <summary>Room for an id token beside what a ticket takes.</summary>
    private const int MaxIdTokenBytes = 32 * 1024;

    [Function("SignIn")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions/current/sign-in")] HttpRequest request) =>
        entry.HolderAsync(request, SignInAsync);

    private async Task<IResult> SignInAsync(HolderCall call)
    {
        if (!(await RequestBody.ReadJsonAsync(call.Request, MaxIdTokenBytes, SignInRequest.Parse)).Succeeded(out var wanted, out var problem)
            || !(await RightOfAsync(call, wanted)).Succeeded(out var right, out problem))
        {
            return problem;
        }

        Outcome<IssuedSession> signedIn = await signIn.SignInAsync(call.Token.Id, right, AgentLabel.Of(call.Request), call.Cancellation);
        return signedIn.Succeeded(out var issued, out problem)
            ? cookie.Carry(call.Request, issued, call.Transport, StatusCodes.Status200OK)
            : problem;
    }

    private async Task<Outcome<SignInRight>> RightOfAsync(HolderCall call, SignInRequest wanted)
    {
        if (wanted.Ticket is { } ticket)
        {
            return SignInRights.ByTicket(call.Token, ticket);
        }

        if (!verifier.IsOn)
        {
            return Problem.NotEnabled("Sessions:Oidc:Authority");
        }

        var verified = await verifier.VerifyAsync(wanted.IdToken!, wanted.Nonce, call.Cancellation);
        return verified.Then(idToken => SignInAsOf(idToken).Then<SignInRight>(signInAs => SignInRights.ByIdToken(call.Token, signInAs, idToken.Once)));
    }

    private static Result<SignInAs> SignInAsOf(IdToken idToken) =>
        !User.TryParse(idToken.Subject, out var user) ? SignInRights.WrongTicket
        : SessionData.From(idToken.Claims).Then<SignInAs>(claims => new SignInAs(user) { Claims = claims });
}

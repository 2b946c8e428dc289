using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Http;
using SessionFunctions.Identity;
using Sessions;

namespace SessionFunctions.Functions;

/// <summary>Tokens for other services, and the keys to check them by.</summary>
public sealed class JwtFunctions(Gate gate, SessionService sessions, SessionJwtIssuer issuer)
{
    private const string Settings = "Sessions:Jwt:SigningKeys";

    [Function("IssueJwt")]
    public Task<IResult> IssueAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions/current/jwt")] HttpRequest request) =>
        gate.HolderAsync(request, async holder =>
        {
            if (!issuer.IsOn)
            {
                return Problem.NotEnabled(Settings);
            }

            return (await sessions.ReadAsync(holder.Token, slide: true, holder.Cancellation)).Succeeded(out var session, out var refusal)
                && issuer.Issue(session, session.Principal?.Name).Succeeded(out var jwt, out refusal)
                    ? new JwtAnswer(jwt)
                    : Problem.Of(refusal);
        });

    [Function("Jwks")]
    public Task<IResult> KeysAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ".well-known/jwks.json")] HttpRequest request) =>
        gate.OpenAsync(request, _ => Task.FromResult<IResult>(issuer.IsOn ? new JwksAnswer(issuer.Keys) : Problem.NotEnabled(Settings)));
}

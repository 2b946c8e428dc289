using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions.Use;

namespace SessionFunctions.Jwt;

/// <summary>Tokens for other services, and the keys to check them by.</summary>
public sealed class JwtFunctions(EntryStep entry, HolderSessions sessions, SessionJwtIssuer issuer)
{
    private const string Settings = "Sessions:Jwt:SigningKeys";

    [Function("IssueJwt")]
    public Task<IResult> IssueAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions/current/jwt")] HttpRequest request) =>
        entry.HolderAsync(request, async holder =>
        {
            if (!issuer.IsOn)
            {
                return Problem.NotEnabled(Settings);
            }

            return (await sessions.ReadAsync(holder.Token, slide: true, holder.Cancellation)).Succeeded(out var session, out var refusal)
                && issuer.Issue(session, session.User?.Name).Succeeded(out var jwt, out refusal)
                    ? new JwtAnswer(jwt)
                    : Problem.Of(refusal);
        });

    [Function("Jwks")]
    public Task<IResult> KeysAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ".well-known/jwks.json")] HttpRequest request) =>
        entry.OpenAsync(request, _ => Task.FromResult<IResult>(issuer.IsOn ? new JwksAnswer(issuer.Keys) : Problem.NotEnabled(Settings)));
}

using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions.Use;

namespace SessionFunctions.Jwt;

/// <summary>Tokens for other services, and the keys to check them by.</summary>
public sealed class JwtFunctions(EntryStep entry, HolderSessions sessions, SessionJwtIssuer issuer)
{
    private static readonly Problem Off = Problem.NotEnabled("Sessions:Jwt:SigningKeys");

    [Function("IssueJwt")]
    public Task<IResult> Issue([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions/current/jwt")] HttpRequest request) =>
        entry.HolderAsync(request, IssueAsync);

    [Function("Jwks")]
    public Task<IResult> Keys([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ".well-known/jwks.json")] HttpRequest request) =>
        entry.OpenAsync(request, _ => Task.FromResult<IResult>(issuer.IsOn ? new JwksAnswer(issuer.Keys) : Off));

    private async Task<IResult> IssueAsync(HolderCall call)
    {
        if (!issuer.IsOn)
        {
            return Off;
        }

        var read = await sessions.ReadAsync(call.Token, slide: true, call.Cancellation);
        Outcome<IssuedJwt> issued = read.Then(session => issuer.Issue(session, session.User?.Name));
        return issued.Succeeded(out var jwt, out var problem)
            ? new JsonAnswer<JwtDocument>(new(jwt.Token, "Bearer", jwt.ExpiresIn), JwtJson.Answers.JwtDocument)
            : problem;
    }
}

internal sealed record JwtDocument(string Token, string TokenType, long ExpiresIn);

[JsonSerializable(typeof(JwtDocument))]
internal sealed partial class JwtJson : JsonSerializerContext
{
    public static readonly JwtJson Answers = new(JsonAnswer.Options);
}

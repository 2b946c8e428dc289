using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Use;

namespace SessionFunctions.Operate;

/// <summary><c>POST /manage/introspect</c>: whether a token is good, and whose it is, in the spirit of RFC 7662.</summary>
public sealed class IntrospectFunction(EntryStep entry, HolderSessions sessions, IOptions<SizeOptions> sizes)
{
    [Function("Introspect")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "manage/introspect")] HttpRequest request) =>
        entry.OpenAsync(request, IntrospectAsync);

    private async Task<IResult> IntrospectAsync(OpenCall call)
    {
        if (!(await RequestBody.ReadJsonAsync(call.Request, sizes.Value.MaxClaimsBytes, IntrospectRequest.Parse)).Succeeded(out var wanted, out var problem))
        {
            return problem;
        }

        if (!SessionToken.TryParse(wanted.Token, out var token))
        {
            return Introspection.Answer(null);
        }

        var read = await sessions.ReadAsync(token, wanted.Touch, call.Cancellation);
        return read.Succeeded(out var session, out var refusal) ? Introspection.Answer(session)
            : refusal.Kind == RefusalKind.NotAuthenticated ? Introspection.Answer(null)
            : Problem.Of(refusal);
    }
}

/// <summary>The body of an introspection: <c>{token, touch?}</c>.</summary>
internal sealed record IntrospectRequest(string Token, bool Touch)
{
    private static readonly string[] Known = ["token", "touch"];

    public static Result<IntrospectRequest> Parse(ReadOnlyMemory<byte> body) => BodyFields.Read(body, Known, fields =>
        new IntrospectRequest(fields.Required("token", fields.Text("token")), fields.Flag("touch") ?? false));
}

/// <summary>
/// What a token is worth. Of a token that isn't good it says no more than that. Times are seconds since 1970, as RFC 7662 has them.
/// </summary>
internal sealed record Introspection(bool Active)
{
    private static readonly Introspection Inactive = new(Active: false);

    public string? Sid { get; init; }

    public string? Sub { get; init; }

    public long? Iat { get; init; }

    public long? Exp { get; init; }

    public bool? Persistent { get; init; }

    public long? Version { get; init; }

    public RawJson? Claims { get; init; }

    public static JsonAnswer<Introspection> Answer(Session? session) => new(session is null ? Inactive : Of(session), OperateJson.Answers.Introspection);

    private static Introspection Of(Session session) => new(Active: true)
    {
        Sid = session.Id.ToString(),
        Sub = session.User?.Name,
        Iat = session.Lifetime.Created.ToUnixTimeSeconds(),
        Exp = session.Lifetime.Expires.ToUnixTimeSeconds(),
        Persistent = session.Persistent,
        Version = session.Version,
        Claims = new RawJson(session.Claims),
    };
}

[JsonSerializable(typeof(Introspection))]
internal sealed partial class OperateJson : JsonSerializerContext
{
    public static readonly OperateJson Answers = new(JsonAnswer.Options);
}

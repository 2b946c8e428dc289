using System.Text.Json.Serialization;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>A session as clients see it, or as much of it as they asked for: what is null isn't written.</summary>
internal sealed record SessionDocument
{
    /// <summary>The members that a caller may choose from, in the document's order.</summary>
    public static readonly IReadOnlyList<string> Members =
        ["sid", "version", "data", "claims", "user", "persistent", "createdAt", "lastSeenAt", "expiresAt", "endsAt", "idleTimeout", "lifetime"];

    public string? Sid { get; init; }

    /// <summary>
    /// Shown only where the caller has no cookie jar: a token that page scripts could read would be a token they could lose.
    /// </summary>
    public string? Token { get; init; }

    public long? Version { get; init; }

    public RawJson? Data { get; init; }

    public RawJson? Claims { get; init; }

    public string? User { get; init; }

    public bool? Persistent { get; init; }

    public DateTime? CreatedAt { get; init; }

    public DateTime? LastSeenAt { get; init; }

    public DateTime? ExpiresAt { get; init; }

    public DateTime? EndsAt { get; init; }

    public double? IdleTimeout { get; init; }

    public double? Lifetime { get; init; }

    public static SessionDocument Of(Session session, SessionFields fields, SessionToken? token = null) => new()
    {
        Sid = fields.Has("sid") ? session.Id.ToString() : null,
        Token = token?.Reveal(),
        Version = fields.Has("version") ? session.Version : null,
        Data = fields.Has("data") ? new RawJson(session.Data) : null,
        Claims = fields.Has("claims") ? new RawJson(session.Claims) : null,
        User = fields.Has("user") ? session.User?.Name : null,
        Persistent = fields.Has("persistent") ? session.Persistent : null,
        CreatedAt = fields.Has("createdAt") ? session.Lifetime.Created.UtcDateTime : null,
        LastSeenAt = fields.Has("lastSeenAt") ? session.Lifetime.Seen.UtcDateTime : null,
        ExpiresAt = fields.Has("expiresAt") ? session.Lifetime.Expires.UtcDateTime : null,
        EndsAt = fields.Has("endsAt") ? session.Lifetime.Ends.UtcDateTime : null,
        IdleTimeout = fields.Has("idleTimeout") ? session.Lifetime.IdleTimeout.TotalSeconds : null,
        Lifetime = fields.Has("lifetime") ? (session.Lifetime.Ends - session.Lifetime.Created).TotalSeconds : null,
    };
}

[JsonSerializable(typeof(SessionDocument))]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class EntryJson : JsonSerializerContext
{
    public static readonly EntryJson Answers = new(JsonAnswer.Options);
}

using System.Text.Json;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>The members of the session document, and which of them a caller wants.</summary>
internal sealed class SessionFields
{
    /// <summary>In the order of the document. A member that a session doesn't have writes nothing.</summary>
    private static readonly (string Name, Action<Utf8JsonWriter, Session> Write)[] Known =
    [
        ("sid", (json, session) => json.WriteString("sid", session.Id.ToString())),
        ("version", (json, session) => json.WriteNumber("version", session.Version)),
        ("data", (json, session) => WriteRaw(json, "data", session.Data)),
        ("claims", (json, session) => WriteRaw(json, "claims", session.Claims)),
        ("user", WriteUser),
        ("persistent", (json, session) => json.WriteBoolean("persistent", session.Persistent)),
        ("createdAt", (json, session) => json.WriteString("createdAt", session.Lifetime.Created.UtcDateTime)),
        ("lastSeenAt", (json, session) => json.WriteString("lastSeenAt", session.Lifetime.Seen.UtcDateTime)),
        ("expiresAt", (json, session) => json.WriteString("expiresAt", session.Lifetime.Expires.UtcDateTime)),
        ("endsAt", (json, session) => json.WriteString("endsAt", session.Lifetime.Ends.UtcDateTime)),
        ("idleTimeout", (json, session) => json.WriteNumber("idleTimeout", session.Lifetime.IdleTimeout.TotalSeconds)),
        ("lifetime", (json, session) => json.WriteNumber("lifetime", (session.Lifetime.Ends - session.Lifetime.Created).TotalSeconds)),
    ];

    public static readonly SessionFields All = new(null);

    private readonly IReadOnlyCollection<string>? _wanted;

    private SessionFields(IReadOnlyCollection<string>? wanted) => _wanted = wanted;

    /// <summary>An unknown name is refused: a misspelt one would otherwise look like a member that isn't set.</summary>
    public static Result<SessionFields> Parse(string names)
    {
        var wanted = names.Split(',', StringSplitOptions.TrimEntries);
        return wanted.All(name => Known.Any(member => member.Name == name))
            ? new SessionFields(wanted)
            : Refusal.Malformed($"fields names a member that isn't known. Known are {string.Join(", ", Known.Select(member => member.Name))}.");
    }

    /// <param name="token">Where it is shown, it stands beside the id; it can't be asked for.</param>
    public void Write(Utf8JsonWriter json, Session session, SessionToken? token)
    {
        foreach (var (name, write) in Known)
        {
            if (_wanted?.Contains(name) ?? true)
            {
                write(json, session);
            }

            if (name == "sid" && token is not null)
            {
                json.WriteString("token", token.Reveal());
            }
        }
    }

    private static void WriteUser(Utf8JsonWriter json, Session session)
    {
        if (session.User is { } user)
        {
            json.WriteString("user", user.Name);
        }
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, SessionData data)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(data.Utf8, skipInputValidation: true);
    }
}

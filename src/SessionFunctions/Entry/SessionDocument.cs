using System.Text.Json;
using System.Text.Json.Serialization;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>A session as clients see it, or as much of it as they asked for.</summary>
internal static class SessionDocument
{
    /// <summary>The members that a caller may choose from, in the document's order.</summary>
    public static readonly IReadOnlyList<string> Members =
        ["sid", "version", "data", "claims", "user", "persistent", "createdAt", "lastSeenAt", "expiresAt", "endsAt", "idleTimeout", "lifetime"];

    /// <param name="json">Takes the document; data and claims go into it as they are stored.</param>
    /// <param name="session">The session.</param>
    /// <param name="fields">The members that are wanted.</param>
    /// <param name="token">
    /// Shown only where the caller has no cookie jar: a token that page scripts could read would be a token they could lose.
    /// </param>
    public static void Write(Utf8JsonWriter json, Session session, SessionFields fields, SessionToken? token)
    {
        json.WriteStartObject();
        if (fields.Has("sid"))
        {
            json.WriteString("sid"u8, session.Id.ToString());
        }

        if (token is not null)
        {
            json.WriteString("token"u8, token.Reveal());
        }

        if (fields.Has("version"))
        {
            json.WriteNumber("version"u8, session.Version);
        }

        WriteContents(json, session, fields);
        WriteTimes(json, session.Lifetime, fields);
        json.WriteEndObject();
    }

    private static void WriteContents(Utf8JsonWriter json, Session session, SessionFields fields)
    {
        if (fields.Has("data"))
        {
            json.WritePropertyName("data"u8);
            json.WriteRawValue(session.Data.Utf8, skipInputValidation: true);
        }

        if (fields.Has("claims"))
        {
            json.WritePropertyName("claims"u8);
            json.WriteRawValue(session.Claims.Utf8, skipInputValidation: true);
        }

        if (session.User is { } user && fields.Has("user"))
        {
            json.WriteString("user"u8, user.Name);
        }

        if (fields.Has("persistent"))
        {
            json.WriteBoolean("persistent"u8, session.Persistent);
        }
    }

    private static void WriteTimes(Utf8JsonWriter json, Lifetime lifetime, SessionFields fields)
    {
        if (fields.Has("createdAt"))
        {
            json.WriteString("createdAt"u8, lifetime.Created.UtcDateTime);
        }

        if (fields.Has("lastSeenAt"))
        {
            json.WriteString("lastSeenAt"u8, lifetime.Seen.UtcDateTime);
        }

        if (fields.Has("expiresAt"))
        {
            json.WriteString("expiresAt"u8, lifetime.Expires.UtcDateTime);
        }

        if (fields.Has("endsAt"))
        {
            json.WriteString("endsAt"u8, lifetime.Ends.UtcDateTime);
        }

        if (fields.Has("idleTimeout"))
        {
            json.WriteNumber("idleTimeout"u8, lifetime.IdleTimeout.TotalSeconds);
        }

        if (fields.Has("lifetime"))
        {
            json.WriteNumber("lifetime"u8, (lifetime.Ends - lifetime.Created).TotalSeconds);
        }
    }
}

[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class EntryJson : JsonSerializerContext
{
    public static readonly EntryJson Answers = new(JsonAnswer.Options);
}

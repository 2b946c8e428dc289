using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sessions;

namespace SessionFunctions.Http;

/// <summary>A session as clients see it, with its version as the ETag.</summary>
internal sealed class SessionAnswer(Session session, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Shown only where the caller has no cookie jar: a token that page scripts could read would be a token they could lose.</summary>
    public SessionToken? Token { get; init; }

    public string? Location { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.ETag = EntityTag.Of(session.Version);
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        var body = new ArrayBufferWriter<byte>(512 + session.Data.Size + session.Claims.Size);
        using (var json = new Utf8JsonWriter(body, JsonAnswer.Readable))
        {
            Write(json);
        }

        return JsonAnswer.WriteAsync(response, body.WrittenMemory, "application/json");
    }

    private void Write(Utf8JsonWriter json)
    {
        var lifetime = session.Lifetime;
        json.WriteStartObject();
        json.WriteString("sid", session.Id.ToString());
        if (Token is not null)
        {
            json.WriteString("token", Token.Reveal());
        }

        json.WriteNumber("version", session.Version);
        json.WritePropertyName("data");
        json.WriteRawValue(session.Data.Utf8, skipInputValidation: true);
        json.WritePropertyName("claims");
        json.WriteRawValue(session.Claims.Utf8, skipInputValidation: true);
        if (session.Principal is { } principal)
        {
            json.WriteString("principal", principal.Name);
        }

        json.WriteBoolean("persistent", session.Persistent);
        json.WriteString("createdAt", lifetime.Created.UtcDateTime);
        json.WriteString("lastSeenAt", lifetime.Seen.UtcDateTime);
        json.WriteString("expiresAt", lifetime.Expires.UtcDateTime);
        json.WriteString("endsAt", lifetime.Ends.UtcDateTime);
        json.WriteNumber("idleTimeout", lifetime.IdleTimeout.TotalSeconds);
        json.WriteNumber("lifetime", (lifetime.Ends - lifetime.Created).TotalSeconds);
        json.WriteEndObject();
    }
}

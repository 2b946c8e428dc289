using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.Operate;

/// <summary>The body of an introspection: <c>{token, touch?}</c>.</summary>
internal sealed record IntrospectRequest(string Token, bool Touch)
{
    public static Result<IntrospectRequest> Parse(ReadOnlyMemory<byte> body) => BodyFields.Parse(body, "token", "touch").Then<IntrospectRequest>(fields =>
    {
        using (fields)
        {
            var token = fields.Required("token", fields.Text("token"));
            var touch = fields.Flag("touch") ?? false;
            return fields.Refusal is { } refusal ? refusal : new IntrospectRequest(token, touch);
        }
    });
}

/// <summary>What a token is worth. Of a token that isn't good it says no more than that. Times are seconds since 1970, as RFC 7662 has them.</summary>
internal sealed class IntrospectionAnswer(Session? session) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body, JsonAnswer.Readable))
        {
            json.WriteStartObject();
            json.WriteBoolean("active", session is not null);
            if (session is not null)
            {
                Write(json, session);
            }

            json.WriteEndObject();
        }

        return JsonAnswer.WriteAsync(httpContext.Response, body.WrittenMemory, "application/json");
    }

    private static void Write(Utf8JsonWriter json, Session session)
    {
        json.WriteString("sid", session.Id.ToString());
        if (session.User is { } user)
        {
            json.WriteString("sub", user.Name);
        }

        json.WriteNumber("iat", session.Lifetime.Created.ToUnixTimeSeconds());
        json.WriteNumber("exp", session.Lifetime.Expires.ToUnixTimeSeconds());
        json.WriteBoolean("persistent", session.Persistent);
        json.WriteNumber("version", session.Version);
        json.WritePropertyName("claims");
        json.WriteRawValue(session.Claims.Utf8, skipInputValidation: true);
    }
}

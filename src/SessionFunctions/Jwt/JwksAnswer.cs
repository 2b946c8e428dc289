using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;

namespace SessionFunctions.Jwt;

/// <summary>The public halves of the signing keys (RFC 7517). The one answer here that caches may keep.</summary>
internal sealed class JwksAnswer(IReadOnlyList<SigningKey> keys) : IResult
{
    private const string Cacheable = "public, max-age=300";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = Cacheable;
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, JsonAnswer.Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in keys)
            {
                Write(json, key);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return JsonAnswer.WriteAsync(httpContext.Response, body.WrittenMemory, "application/json");
    }

    private static void Write(Utf8JsonWriter json, SigningKey key)
    {
        json.WriteStartObject();
        json.WriteString("kty", "EC");
        json.WriteString("crv", "P-256");
        json.WriteString("use", "sig");
        json.WriteString("alg", "ES256");
        json.WriteString("kid", key.Id);
        json.WriteString("x", Base64Url.EncodeToString(key.Point.X));
        json.WriteString("y", Base64Url.EncodeToString(key.Point.Y));
        json.WriteEndObject();
    }
}

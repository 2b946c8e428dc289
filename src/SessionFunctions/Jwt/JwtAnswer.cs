using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;

namespace SessionFunctions.Jwt;

internal sealed class JwtAnswer(IssuedJwt jwt) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body, JsonAnswer.Readable))
        {
            json.WriteStartObject();
            json.WriteString("token", jwt.Token);
            json.WriteString("tokenType", "Bearer");
            json.WriteNumber("expiresIn", jwt.ExpiresIn);
            json.WriteEndObject();
        }

        return JsonAnswer.WriteAsync(httpContext.Response, body.WrittenMemory, "application/json");
    }
}

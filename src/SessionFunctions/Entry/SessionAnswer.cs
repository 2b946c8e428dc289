using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>A session as clients see it, with its version as the ETag.</summary>
internal sealed class SessionAnswer(Session session, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Shown only where the caller has no cookie jar: a token that page scripts could read would be a token they could lose.</summary>
    public SessionToken? Token { get; init; }

    public string? Location { get; init; }

    public SessionFields Fields { get; init; } = SessionFields.All;

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
        json.WriteStartObject();
        Fields.Write(json, session, Token);
        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;
using Sessions.Rows;

namespace SessionFunctions.Users;

/// <summary>A user's sessions, as a person looks at them: when, with what, until when.</summary>
internal sealed class ListAnswer(IReadOnlyList<ListedSession> entries) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body, JsonAnswer.Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("sessions");
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("sid", entry.Id.ToString());
                json.WriteString("createdAt", entry.Created.UtcDateTime);
                json.WriteString("lastSeenAt", entry.Seen.UtcDateTime);
                json.WriteString("expiresAt", entry.Expires.UtcDateTime);
                json.WriteBoolean("persistent", entry.Persistent);
                json.WriteString("userAgent", entry.Agent);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return JsonAnswer.WriteAsync(httpContext.Response, body.WrittenMemory, "application/json");
    }
}

using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.SignIn;

internal sealed class TicketAnswer(IssuedTicket issued) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        var body = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(body, JsonAnswer.Readable))
        {
            json.WriteStartObject();
            json.WriteString("ticket", issued.Code);
            json.WriteString("expiresAt", issued.Ticket.Expires.UtcDateTime);
            json.WriteEndObject();
        }

        return JsonAnswer.WriteAsync(httpContext.Response, body.WrittenMemory, "application/json");
    }
}

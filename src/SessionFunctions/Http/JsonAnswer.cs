using Microsoft.AspNetCore.Http;

namespace SessionFunctions.Http;

internal static class JsonAnswer
{
    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> body, string contentType)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }
}

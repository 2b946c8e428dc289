using Microsoft.AspNetCore.Http;

namespace SessionFunctions.Entry;

/// <summary>
/// An answer whose body is ready, JSON unless said otherwise. (The framework's own results write a line to the log for each answer.)
/// </summary>
internal sealed class BytesAnswer(ReadOnlyMemory<byte> body) : IResult
{
    public string MediaType { get; init; } = RequestBody.Json;

    public string? ETag { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (ETag is not null)
        {
            httpContext.Response.Headers.ETag = ETag;
        }

        return JsonAnswer.WriteAsync(httpContext.Response, body, MediaType);
    }
}

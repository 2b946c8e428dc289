using Microsoft.AspNetCore.Http;

namespace SessionFunctions.Entry;

internal sealed class NotModified(long version) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        httpContext.Response.Headers.ETag = EntityTag.Of(version);
        return Task.CompletedTask;
    }
}

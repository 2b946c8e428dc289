using Microsoft.AspNetCore.Http;
using Sessions;

namespace SessionFunctions.Entry;

internal sealed class NotModified(Session session) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        httpContext.Response.Headers.ETag = EntityTag.Of(session);
        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.Http;

namespace SessionFunctions.Entry;

/// <summary>A status and nothing else.</summary>
internal sealed class NoAnswer(int status) : IResult
{
    /// <summary>Nobody reads it; a log may.</summary>
    public static readonly NoAnswer CallerGone = new(StatusCodes.Status499ClientClosedRequest);

    public static readonly NoAnswer Done = new(StatusCodes.Status204NoContent);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

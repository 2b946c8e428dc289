using Microsoft.AspNetCore.Http;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>Done, and nothing to show for it but the version that the data has now.</summary>
internal sealed class NoContent(Session session) : IResult
{
    /// <summary>Whether there would have been something to show, had the caller not preferred otherwise.</summary>
    public bool AsPreferred { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.ETag = EntityTag.Of(session);
        if (AsPreferred)
        {
            response.Headers["Preference-Applied"] = Preference.ReturnMinimal;
        }

        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SessionFunctions.Entry;

namespace SessionFunctions.OpenApi;

/// <summary>
/// An embedded file. Nobody's secret, and the same for everybody until the next release: the answers that caches may keep.
/// </summary>
internal sealed class FileAnswer(EmbeddedFile file, string mediaType, string caching) : IResult
{
    public const string ForAWhile = "public, max-age=300";
    public const string ForGood = "public, max-age=31536000, immutable";

    /// <summary>Whether pages of other origins may use it too.</summary>
    public bool ForEverybody { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = $"\"{file.Hash}\"";
        response.Headers.CacheControl = caching;
        response.Headers.Vary = HeaderNames.Origin; // what is cached for one origin says so in its CORS headers
        response.Headers.ETag = tag;
        if (ForEverybody)
        {
            AnswerHeaders.AllowEverywhere(response);
        }

        if (EntityTag.IfNoneMatchNames(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return JsonAnswer.WriteAsync(response, file.Content, mediaType);
    }
}

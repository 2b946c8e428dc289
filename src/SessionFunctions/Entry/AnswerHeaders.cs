using Microsoft.AspNetCore.Http;

namespace SessionFunctions.Entry;

/// <summary>
/// What every answer says to browsers: keep it nowhere, take it for nothing but what it says it is, and should it ever be shown as a page,
/// let nothing in it run, be framed or be embedded elsewhere. An answer that is meant for more says so itself.
/// </summary>
public static class AnswerHeaders
{
    public const string NothingRuns = "default-src 'none'; frame-ancestors 'none'";

    private const string ResourcePolicy = "Cross-Origin-Resource-Policy";

    public static void AddTo(HttpResponse response)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = NothingRuns;
        headers["Referrer-Policy"] = "no-referrer";
        headers[ResourcePolicy] = "same-origin";
    }

    /// <summary>For what everybody may read, from whichever page.</summary>
    public static void AllowEverywhere(HttpResponse response) => response.Headers[ResourcePolicy] = "cross-origin";
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SessionFunctions.Http;

/// <summary>
/// A text that stands percent-encoded in the path. Routing decodes everything but <c>%2F</c>, so of its value nobody can tell whether a <c>%2F</c> was sent
/// as such or as <c>%252F</c>; the request line as sent can. Where a host in front has rewritten that line, routing's value is the best there is.
/// </summary>
internal static class PathText
{
    public static string Segment(HttpRequest request, string name)
    {
        var routed = request.RouteValues[name]?.ToString() ?? "";
        foreach (var segment in AsSent(request).Split('/'))
        {
            var text = Uri.UnescapeDataString(segment);
            if (text.Replace("/", "%2F", StringComparison.Ordinal) == routed.Replace("%2f", "%2F", StringComparison.Ordinal) || text == routed)
            {
                return text;
            }
        }

        return routed.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whether the path was sent just so. Routing also takes it with a slash at the end, which is what an id left empty makes of a longer one,
    /// and with dot segments, which is what the name ".." makes of another.
    /// </summary>
    public static bool IsExactly(HttpRequest request, string end) => AsSent(request).EndsWith($"/{end}", StringComparison.OrdinalIgnoreCase);

    private static string AsSent(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target ? target.Split('?')[0] : request.Path.Value ?? "";
}

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
        var path = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? "";
        foreach (var segment in path.Split('/'))
        {
            var text = Uri.UnescapeDataString(segment);
            if (text.Replace("/", "%2F", StringComparison.Ordinal) == routed.Replace("%2f", "%2F", StringComparison.Ordinal) || text == routed)
            {
                return text;
            }
        }

        return routed.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
    }
}

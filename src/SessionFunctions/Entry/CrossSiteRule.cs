using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SessionFunctions.Entry;

/// <summary>
/// Tells a call that our own pages made from one that another site made the browser send along with the cookie. Browsers set
/// Sec-Fetch-Site and Origin themselves and let no script change them; a caller that sends neither is no browser of today.
/// </summary>
public sealed class CrossSiteRule(IOptions<CrossSiteOptions> options)
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins, StringComparer.Ordinal);

    /// <summary>Whether the cookie speaks for a call that it mustn't speak for.</summary>
    internal bool Forbids(HttpRequest request, Credentials shown) =>
        shown.ByCookie
        && !IsSafe(request.Method)
        && !ComesFromUs(request)
        && !(NamesNoOrigin(request) && request.Headers["X-CSRF"] == "1");

    /// <summary>
    /// For a call that makes a new cookie: another site must not put a session of its own choice into the visitor's browser.
    /// </summary>
    public bool AllowsNewCookie(HttpRequest request) => ComesFromUs(request) || NamesNoOrigin(request);

    private bool ComesFromUs(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "same-origin"
        || (request.Headers.Origin is [{ } origin] && _allowed.Contains(origin));

    private static bool NamesNoOrigin(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].Count == 0 && request.Headers.Origin.Count == 0;

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}

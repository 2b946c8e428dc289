using Microsoft.AspNetCore.Http;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>An error as RFC 9457 has it, with a type that stays the same whatever the wording.</summary>
internal sealed class Problem(int status, string slug, string title, string detail) : IResult
{
    private const string TypePrefix = "urn:session-functions:problem:";
    private const int RetryAfterSeconds = 2;

    public int Status => status;

    public string Slug => slug;

    /// <summary>A header that goes with this problem.</summary>
    public (string Name, string Value)? Header { get; init; }

    public static Problem Of(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Malformed => new(400, "malformed-request", "The request is malformed", refusal.Detail),
        RefusalKind.NotAuthenticated => NotAuthenticated(refusal.Detail),
        RefusalKind.Missing => new(404, "not-found", "Not found", refusal.Detail),
        RefusalKind.Conflict => new(409, "conflict", "In conflict with the session's state", refusal.Detail),
        RefusalKind.Stale => new(412, "stale-version", "The session has changed", refusal.Detail),
        RefusalKind.TooLarge => new(413, "too-large", "Too large", refusal.Detail),
        RefusalKind.NotAllowed => new(422, "not-allowed", "Understood, but not allowed", refusal.Detail),
        RefusalKind.Busy => Unavailable("busy", "Busy", refusal.Detail),
        RefusalKind.Unknown => Unavailable("outcome-unknown", "The outcome isn't known", refusal.Detail),
        _ => throw new InvalidOperationException($"No answer for {refusal.Kind}."),
    };

    public static Problem Forgery() => new(
        403,
        "cross-site-request",
        "The call may have been forged by another site",
        "A call that changes something with the cookie must come from the API's own origin or from one on Sessions:AllowedOrigins; a caller that is no browser sends the header X-CSRF: 1.");

    public static Problem TooManyTokens => Of(Refusal.Malformed(
        $"More than {CredentialsReader.MostTokens} tokens are shown, and none of their sessions has ended. Send those that are yours; "
        + "a browser with so many cookies of one name forgets them with its site data."));

    public static Problem BodyTooLarge() => Of(Refusal.TooLarge("The body is too long."));

    /// <summary>
    /// Clients and servers take '.' and '..' out of an address. Taken at its word, what is left would do something else than was meant:
    /// deleting
    /// the key '..' would log out, writing the key '.' replace all data.
    /// </summary>
    public static Problem SlashAtEnd() => Of(Refusal.NotAllowed(
        "An address doesn't end with a slash: that is what is left of one whose last part was empty, '.' or '..'. PATCH of /sessions/current/data reaches a key of such a name."));

    public static Problem NothingHere() => new(404, "not-found", "Not found", "There is nothing at this address.");

    /// <param name="allowed">The methods that the address takes.</param>
    public static Problem WrongMethod(string allowed) =>
        new(405, "method-not-allowed", "Method not allowed", $"This address takes {allowed}.") { Header = ("Allow", allowed) };

    public static Problem WrongMediaType(string wanted) => new(415, "wrong-media-type", "Wrong media type", $"The body must be {wanted}, in UTF-8.");

    /// <summary>The same for a patch, with the header by which a client learns of the kinds of patch there are (RFC 5789).</summary>
    public static Problem WrongPatchType(IEnumerable<string> known) =>
        new(415, "wrong-media-type", "Wrong media type", $"The patch must be {string.Join(" or ", known)}, in UTF-8.")
        {
            Header = ("Accept-Patch", string.Join(", ", known)),
        };

    public static Problem VersionRequired() => new(
        428, "version-required", "If-Match is required", "Name the version that this change is meant for: If-Match with the ETag of the session as last read.");

    public static Problem RateLimited(int seconds) => new(429, "rate-limited", "Too many calls", "Too many of these calls came from your address. Try again later.")
    {
        Header = ("Retry-After", seconds.ToString()),
    };

    /// <param name="settings">The settings that would switch it on.</param>
    public static Problem NotEnabled(string settings) =>
        new(404, "not-enabled", "Not enabled", $"This service isn't set up for that: {settings} isn't set.");

    public static Problem StorageUnavailable() =>
        Unavailable("storage-unavailable", "Storage is unavailable", "The session storage can't be reached or is too busy. Try again in a moment.");

    /// <param name="reason">Which setting doesn't fit.</param>
    public static Problem TableMismatch(string reason) => Unavailable("table-mismatch", "The app's settings don't fit its table", reason);

    public static Problem Internal() => new(500, "internal-error", "Internal error", "The call failed for a reason that isn't yours; it has been logged.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Header is { } header)
        {
            httpContext.Response.Headers[header.Name] = header.Value;
        }

        var document = new ProblemDocument(TypePrefix + slug, title, status, detail);
        return new JsonAnswer<ProblemDocument>(document, EntryJson.Answers.ProblemDocument)
        {
            Status = status,
            MediaType = "application/problem+json",
        }.ExecuteAsync(httpContext);
    }

    private static Problem NotAuthenticated(string detail) => new(401, "not-authenticated", "Not authenticated", detail)
    {
        Header = ("WWW-Authenticate", "Bearer error=\"invalid_token\""),
    };

    private static Problem Unavailable(string slug, string title, string detail) => new(503, slug, title, detail)
    {
        Header = ("Retry-After", RetryAfterSeconds.ToString()),
    };
}

/// <summary>The body of a problem.</summary>
internal sealed record ProblemDocument(string Type, string Title, int Status, string Detail);

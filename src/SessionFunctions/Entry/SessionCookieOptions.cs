using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>The cookie that carries the token for browsers.</summary>
public sealed class SessionCookieOptions
{
    public const string Section = "Sessions:Cookie";

    /// <summary>Name of the cookie. With the prefix <c>__Host-</c> browsers hold it to this host and to HTTPS.</summary>
    public string Name { get; set; } = "__Host-session";

    /// <summary>
    /// Lax, Strict, or None (for a frontend on another site; adds Partitioned). Null where the setting is something else.
    /// </summary>
    public SameSiteMode? SameSite { get; internal set; } = SameSiteMode.Lax;

    /// <summary>Domain to share the cookie with subdomains; needs a name without the <c>__Host-</c> prefix.</summary>
    public string? Domain { get; set; }
}

/// <summary>
/// Refuses combinations that browsers drop without a word: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis.
/// </summary>
internal sealed partial class SessionCookieRules : OptionsRules<SessionCookieOptions>
{
    protected override IEnumerable<string> Faults(SessionCookieOptions options)
    {
        if (!CookieName().IsMatch(options.Name))
        {
            yield return "Sessions:Cookie:Name has characters that a cookie's name can't have; use letters, digits, '-' and '_'.";
        }

        if (options.SameSite is null or SameSiteMode.Unspecified)
        {
            yield return "Sessions:Cookie:SameSite is none of the three; set Lax, Strict or None.";
        }

        if (!string.IsNullOrEmpty(options.Domain))
        {
            if (options.Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase))
            {
                yield return "Sessions:Cookie:Domain can't go with a name that begins with __Host-: browsers refuse that cookie. Use __Secure-session as Sessions:Cookie:Name, or no domain.";
            }

            if (!DomainName().IsMatch(options.Domain))
            {
                yield return $"Sessions:Cookie:Domain is '{options.Domain}'; set a domain such as shop.example.";
            }
        }
    }

    // \z and not $, which would let a line break at the end through.
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,128}\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex CookieName();

    [GeneratedRegex(@"^\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex DomainName();
}

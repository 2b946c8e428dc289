using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Sessions.Rows;

namespace Sessions;

/// <summary>Stops the start with a message that says which setting to change, rather than failing a user's request later.</summary>
public sealed partial class SessionOptionsValidator : IValidateOptions<SessionOptions>
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(400);

    public ValidateOptionsResult Validate(string? name, SessionOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(SessionOptions options) =>
        Lifetimes(options).Concat(Users(options)).Concat(Storage(options)).Concat(Cookie(options.Cookie)).Concat(Origins(options))
            .Concat(IdentityRules.Faults(options)).Concat(RateLimitRules.Faults(options.RateLimit));

    private static IEnumerable<string> Lifetimes(SessionOptions o)
    {
        (string Name, TimeSpan Idle, string LifetimeName, TimeSpan Lifetime)[] profiles =
        [
            ("IdleTimeout", o.IdleTimeout, "AbsoluteLifetime", o.AbsoluteLifetime),
            ("PersistentIdleTimeout", o.PersistentIdleTimeout, "PersistentLifetime", o.PersistentLifetime),
        ];
        foreach (var (name, idle, lifetimeName, lifetime) in profiles)
        {
            if (idle < ShortestTimeout)
            {
                yield return $"Sessions:{name} is {idle}; set at least {ShortestTimeout}.";
            }

            if (lifetime < idle || lifetime > LongestLifetime)
            {
                yield return $"Sessions:{lifetimeName} is {lifetime}; set it between Sessions:{name} ({idle}) and {LongestLifetime}.";
            }
        }

        if (o.SlideGranularity is not (>= 0 and <= 1))
        {
            yield return $"Sessions:SlideGranularity is {o.SlideGranularity}; set a share of the idle timeout from 0 to 1, such as 0.1.";
        }

        if (o.RotationGrace < TimeSpan.Zero || o.RotationGrace > TimeSpan.FromHours(1))
        {
            yield return $"Sessions:RotationGrace is {o.RotationGrace}; set 00:00:00 to 01:00:00.";
        }

        if (o.CleanupBudget < ShortestTimeout)
        {
            yield return $"Sessions:CleanupBudget is {o.CleanupBudget}; set at least {ShortestTimeout}.";
        }
    }

    private static IEnumerable<string> Users(SessionOptions o)
    {
        if (o.MaxPerUser is < 0 or > 1000)
        {
            yield return $"Sessions:MaxPerUser is {o.MaxPerUser}; set 1 to 1000, or 0 for any number.";
        }

        if (o.UserOverflow is not (SessionOptions.EvictOldest or SessionOptions.Reject))
        {
            yield return $"Sessions:UserOverflow is '{o.UserOverflow}'; set {SessionOptions.EvictOldest} or {SessionOptions.Reject}.";
        }

        if (o.TicketLifetime < ShortestTimeout || o.TicketLifetime > TimeSpan.FromHours(1))
        {
            yield return $"Sessions:TicketLifetime is {o.TicketLifetime}; set 00:00:01 to 01:00:00.";
        }

        if (o.RotateAfter < ShortestTimeout)
        {
            yield return $"Sessions:RotateAfter is {o.RotateAfter}; set at least {ShortestTimeout}, or nothing.";
        }
    }

    private static IEnumerable<string> Storage(SessionOptions o)
    {
        if (o.Shards is < 1 or > Shard.MaxCount)
        {
            yield return $"Sessions:Shards is {o.Shards}; set 1 to {Shard.MaxCount}, and don't change it once sessions exist.";
        }

        if (o.MaxDataBytes is < 2 or > 16 * 1024 * 1024)
        {
            yield return $"Sessions:MaxDataBytes is {o.MaxDataBytes}; set 2 to 16777216. What is stored stays below {SessionRow.MaxBytes} bytes in any case.";
        }

        if (o.MaxClaimsBytes is < 2 or > 256 * 1024)
        {
            yield return $"Sessions:MaxClaimsBytes is {o.MaxClaimsBytes}; set 2 to 262144.";
        }

        if (!TableName().IsMatch(o.Storage.Table))
        {
            yield return "Sessions:Storage:Table must be 3 to 63 letters and digits that begin with a letter.";
        }

        if (o.Storage is { ConnectionString: not null, Endpoint: not null })
        {
            yield return "Set Sessions:Storage:ConnectionString or Sessions:Storage:Endpoint, not both.";
        }

        if (!KeyRing.TryParse(o.EncryptionKeys, out _, out var fault))
        {
            yield return $"Sessions:EncryptionKeys: {fault}";
        }
    }

    /// <summary>Combinations that browsers drop without a word: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis.</summary>
    private static IEnumerable<string> Cookie(SessionOptions.CookieSettings cookie)
    {
        if (!CookieName().IsMatch(cookie.Name))
        {
            yield return "Sessions:Cookie:Name has characters that a cookie's name can't have; use letters, digits, '-' and '_'.";
        }

        if (cookie.SameSite is not ("Lax" or "Strict" or "None"))
        {
            yield return $"Sessions:Cookie:SameSite is '{cookie.SameSite}'; set Lax, Strict or None.";
        }

        if (!string.IsNullOrEmpty(cookie.Domain))
        {
            if (cookie.Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase))
            {
                yield return "Sessions:Cookie:Domain can't go with a name that begins with __Host-: browsers refuse that cookie. Use __Secure-session as Sessions:Cookie:Name, or no domain.";
            }

            if (!DomainName().IsMatch(cookie.Domain))
            {
                yield return $"Sessions:Cookie:Domain is '{cookie.Domain}'; set a domain such as shop.example.";
            }
        }
    }

    private static IEnumerable<string> Origins(SessionOptions o)
    {
        foreach (var origin in o.AllowedOrigins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                || uri.Scheme is not ("http" or "https")
                || !string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.Ordinal))
            {
                yield return $"Sessions:AllowedOrigins has '{origin}'; set exact origins such as https://shop.example (no path, no slash at the end, no *, lower case).";
            }
        }
    }

    // \z and not $, which would let a line break at the end through.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{2,62}\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex TableName();

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,128}\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex CookieName();

    [GeneratedRegex(@"^\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex DomainName();
}

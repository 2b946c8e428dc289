using System.Net;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>What one client address may do, in each instance of the app.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "Sessions:RateLimit";

    /// <summary>Sessions created a minute. 0: no limit.</summary>
    public int CreatesPerMinute { get; set; } = 6000;

    /// <summary>
    /// Proxies whose X-Forwarded-For is believed: addresses or networks (<c>10.0.0.0/8</c>). A list, or one comma-separated text.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; internal set; } = [];

    /// <summary>
    /// A header that holds the client's address, written by what stands in front (<c>X-Azure-ClientIP</c> of Front Door). Under the
    /// Functions host
    /// it is the only way to know the client, since the host replaces X-Forwarded-For: without it the limit is off there.
    /// </summary>
    public string? ClientAddressHeader { get; set; }

    /// <summary>Whether the peer of a connection is the Functions host.</summary>
    internal bool UnderFunctionsHost { get; set; }
}

internal sealed class RateLimitRules : OptionsRules<RateLimitOptions>
{
    private const int Most = 1_000_000;

    protected override IEnumerable<string> Faults(RateLimitOptions options)
    {
        if (options.CreatesPerMinute is < 0 or > Most)
        {
            yield return $"Sessions:RateLimit:CreatesPerMinute is {options.CreatesPerMinute}; set 1 to {Most}, or 0 for no limit.";
        }

        if (options.ClientAddressHeader is { Length: > 0 } header && !header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            yield return $"Sessions:RateLimit:ClientAddressHeader is '{header}'; set the name of a header, such as X-Azure-ClientIP.";
        }

        foreach (var proxy in options.TrustedProxies)
        {
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
            {
                yield return $"Sessions:RateLimit:TrustedProxies has '{proxy}'; set addresses (10.1.2.3) or networks (10.0.0.0/8).";
            }
        }
    }
}

using System.Net;

namespace Sessions;

/// <summary>What <see cref="SessionOptionsValidator"/> asks of the rate limits.</summary>
internal static class RateLimitRules
{
    private const int Most = 1_000_000;

    public static IEnumerable<string> Faults(SessionOptions.RateLimitSettings limits)
    {
        (string Name, int Value)[] permits =
        [
            ("CreatesPerMinute", limits.CreatesPerMinute),
            ("FailedTokensPerMinute", limits.FailedTokensPerMinute),
        ];
        foreach (var (name, value) in permits)
        {
            if (value is < 0 or > Most)
            {
                yield return $"Sessions:RateLimit:{name} is {value}; set 1 to {Most}, or 0 for no limit.";
            }
        }

        foreach (var proxy in limits.TrustedProxies)
        {
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
            {
                yield return $"Sessions:RateLimit:TrustedProxies has '{proxy}'; set addresses (10.1.2.3) or networks (10.0.0.0/8).";
            }
        }
    }
}

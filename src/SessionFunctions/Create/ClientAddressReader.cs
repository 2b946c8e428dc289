using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sessions;

namespace SessionFunctions.Create;

/// <summary>
/// Finds the client behind the proxies. Every proxy adds the address that called it at the end of X-Forwarded-For, and a client can
/// send whatever it likes in front; so it is read from the end, and only as far as trusted proxies have written it.
/// </summary>
/// <remarks>
/// In Azure the front end writes the client into the header and the Functions host passes it on over loopback. The worker's own ASP.NET Core
/// integration takes the last entry off already; an entry that is still there was written by a proxy in front of the platform.
/// </remarks>
public sealed class ClientAddressReader(IOptions<RateLimitOptions> options)
{
    private const string ForwardedFor = "X-Forwarded-For";

    private readonly IPNetwork[] _trusted = [.. options.Value.TrustedProxies.Select(NetworkOf)];

    internal ClientAddress Read(HttpRequest request)
    {
        var hop = request.HttpContext.Connection.RemoteIpAddress;
        if (_trusted.Length == 0 || hop is null || !IsTrusted(hop))
        {
            return ClientAddress.Of(hop);
        }

        var entries = string.Join(',', request.Headers[ForwardedFor].ToArray()).Split(',', StringSplitOptions.TrimEntries);
        for (var i = entries.Length - 1; i >= 0 && IsTrusted(hop); i--)
        {
            // With a port in Azure. What is no address ends the search: nothing before it can be relied on.
            if (!IPEndPoint.TryParse(entries[i], out var entry))
            {
                break;
            }

            hop = entry.Address;
        }

        return ClientAddress.Of(hop);
    }

    private bool IsTrusted(IPAddress address)
    {
        var normal = ClientAddress.Normal(address);
        return Array.Exists(_trusted, network => network.Contains(normal));
    }

    private static IPNetwork NetworkOf(string text)
    {
        if (!IPAddress.TryParse(text, out var address))
        {
            return IPNetwork.Parse(text);
        }

        var normal = ClientAddress.Normal(address);
        return new IPNetwork(normal, normal.GetAddressBytes().Length * 8);
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SessionFunctions.Entry;

/// <summary>
/// Finds the client: in the header that is named for it; else behind the proxies that are trusted. Every proxy adds the address that
/// called it
/// at the end of X-Forwarded-For, and a client can send whatever it likes in front; so it is read from the end, and only as far as trusted
/// proxies have written it.
/// </summary>
internal sealed class ClientAddressReader(IOptions<RateLimitOptions> options)
{
    private const string ForwardedFor = "X-Forwarded-For";

    private readonly RateLimitOptions _options = options.Value;
    private readonly IPNetwork[] _trusted = [.. options.Value.TrustedProxies.Select(NetworkOf)];

    /// <summary>
    /// Under the Functions host every call comes from the host, which replaces X-Forwarded-For: all would count as one client.
    /// </summary>
    public bool IsOn => HasHeader || !_options.UnderFunctionsHost;

    private bool HasHeader => !string.IsNullOrEmpty(_options.ClientAddressHeader);

    public ClientAddress Read(HttpRequest request)
    {
        if (HasHeader)
        {
            // The last one, where there are several: what stands in front wrote that one. With a port in Azure.
            var entry = request.Headers[_options.ClientAddressHeader!].LastOrDefault()?.Split(',')[^1].Trim();
            return ClientAddress.Of(IPEndPoint.TryParse(entry ?? "", out var named) ? named.Address : null);
        }

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

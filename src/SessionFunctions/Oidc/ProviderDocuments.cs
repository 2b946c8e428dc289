using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Sessions;

namespace SessionFunctions.Oidc;

/// <summary>
/// Fetches what the provider publishes of itself (OpenID Connect Discovery), over connections that can neither wander off nor flood us.
/// Not by the library's retriever: that has asked for the keys before anybody can look at the issuer, and asks a second time after a 503.
/// </summary>
internal sealed class ProviderDocuments(string authority) : IDisposable
{
    private const int MaxBytes = 256 * 1024;

    // Made by hand and kept: the handler's connections are renewed, so a changed DNS entry is noticed.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(3),
        AllowAutoRedirect = false,
        UseCookies = false,
    })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = MaxBytes,
    };

    public void Dispose() => _http.Dispose();

    /// <exception cref="HttpRequestException">The provider can't be reached, or refuses, or sends too much.</exception>
    /// <exception cref="InvalidDataException">What it sends isn't what it should be; the message says why.</exception>
    /// <exception cref="ArgumentException">The library can't read what it sends.</exception>
    public async Task<IReadOnlyList<JsonWebKey>> KeysAsync()
    {
        var place = new Uri(authority.TrimEnd('/') + "/.well-known/openid-configuration");
        var discovery = OpenIdConnectConfiguration.Create(await GetAsync(place));
        if (discovery.Issuer != authority)
        {
            throw new InvalidDataException(
                "Its discovery document has another issuer. Set Sessions:Oidc:Authority to just that text, if it is the right provider.");
        }

        if (!Uri.TryCreate(discovery.JwksUri, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            throw new InvalidDataException("Its discovery document has no jwks_uri with https.");
        }

        return UsableKeys.Of(JsonWebKeySet.Create(await GetAsync(address)));
    }

    private async Task<string> GetAsync(Uri address)
    {
        var utf8 = await _http.GetByteArrayAsync(address);
        return JsonRules.Check(utf8) is { } refusal
            ? throw new InvalidDataException($"{address.AbsolutePath} isn't sound JSON. {refusal.Detail}")
            : Encoding.UTF8.GetString(utf8);
    }
}

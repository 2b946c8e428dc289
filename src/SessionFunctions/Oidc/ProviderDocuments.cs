using System.Text.Json;

namespace SessionFunctions.Oidc;

/// <summary>Fetches what the provider publishes of itself (OpenID Connect Discovery), over connections that can neither wander off nor flood us.</summary>
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
    public async Task<IReadOnlyList<ProviderKey>> KeysAsync()
    {
        using var discovery = await GetAsync(new Uri(authority.TrimEnd('/') + "/.well-known/openid-configuration"));
        if (IdTokenClaims.Text(discovery.RootElement, "issuer") != authority)
        {
            throw new InvalidDataException("Its discovery document has another issuer. Set Sessions:Oidc:Authority to exactly that text, if it is the right provider.");
        }

        if (!Uri.TryCreate(IdTokenClaims.Text(discovery.RootElement, "jwks_uri"), UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            throw new InvalidDataException("Its discovery document has no jwks_uri with https.");
        }

        using var set = await GetAsync(address);
        return JwkSet.Parse(set.RootElement) ?? throw new InvalidDataException("Its key set has no keys.");
    }

    private async Task<JsonDocument> GetAsync(Uri address) =>
        StrictJson.ParseObject(await _http.GetByteArrayAsync(address)).Succeeded(out var document, out var refusal)
            ? document
            : throw new InvalidDataException($"{address.AbsolutePath} isn't a JSON object. {refusal.Detail}");
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions;

namespace SessionFunctions.Oidc;

/// <summary>
/// Tells whether an id token was issued by the configured provider, for this application, and still holds. Whatever is wrong with a token, the
/// caller learns only that; the log says what it was.
/// </summary>
public sealed class IdTokenVerifier(ProviderKeys provider, IOptions<OidcOptions> options, TimeProvider time, ILogger<IdTokenVerifier> log)
{
    private static readonly Refusal NotValid = Refusal.NotAllowed("The id token isn't valid for this service.");

    private static readonly Refusal NoKeys =
        new(RefusalKind.Busy, "The identity provider can't be reached, so the id token can't be checked. Try again in a moment.");

    private readonly OidcOptions _settings = options.Value;

    private readonly Dictionary<string, JwsAlgorithm> _algorithms = options.Value.Algorithms
        .Distinct(StringComparer.Ordinal)
        .ToDictionary(name => name, JwsAlgorithm.Named, StringComparer.Ordinal);

    /// <summary>Whether a provider is configured. Without one, no token is valid.</summary>
    public bool IsOn => _settings.HasProvider;

    /// <param name="idToken">As the client got it from the provider.</param>
    /// <param name="nonce">What the client put into its request to the provider, where it did.</param>
    public async Task<Result<IdToken>> VerifyAsync(string idToken, string? nonce, CancellationToken cancellation)
    {
        if (!IsOn)
        {
            return Refused("no provider is configured");
        }

        if (!Jws.TryParse(idToken, out var jws, out var fault))
        {
            return Refused(fault);
        }

        if (!_algorithms.TryGetValue(jws.Algorithm, out var algorithm))
        {
            return Refused("its algorithm isn't one of Sessions:Oidc:Algorithms");
        }

        if (!(await KeyAsync(jws, algorithm, cancellation)).Succeeded(out var key, out var refusal))
        {
            return refusal;
        }

        return key.Verifies(algorithm, jws.Signed, jws.Signature) ? Read(jws.Payload, nonce) : Refused("its signature is wrong");
    }

    private async Task<Result<ProviderKey>> KeyAsync(Jws jws, JwsAlgorithm algorithm, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        if (await provider.GetAsync(cancellation) is not { } known)
        {
            return NoKeys;
        }

        if (jws.KeyId is null)
        {
            return Only(known.Keys, algorithm);
        }

        var named = Named(known);
        if (named.Count == 0 && known.At <= began) // fetched before this call, so there may be newer ones
        {
            named = Named(await provider.RollAsync(known, cancellation));
        }

        return named.Count == 0 ? Refused("the provider has no such key") : Only(named, algorithm);

        List<ProviderKey> Named(ProviderKeys.Snapshot snapshot) => [.. snapshot.Keys.Where(key => key.Id == jws.KeyId)];
    }

    private Result<ProviderKey> Only(IEnumerable<ProviderKey> keys, JwsAlgorithm algorithm) =>
        keys.Where(key => key.Fits(algorithm)).Take(2).ToArray() is [var key]
            ? key
            : Refused("its algorithm goes with no key of the provider's, or with several");

    private Result<IdToken> Read(byte[] utf8, string? nonce)
    {
        if (!StrictJson.ParseObject(utf8).Succeeded(out var document, out _))
        {
            return Refused("its payload isn't a JSON object with each name once");
        }

        using (document)
        {
            var payload = document.RootElement;
            return IdTokenClaims.FaultOf(payload, _settings, nonce, time.GetUtcNow()) is { } fault
                ? Refused(fault)
                : new IdToken(IdTokenClaims.Text(payload, "sub")!, Chosen(payload));
        }
    }

    private JsonObject Chosen(JsonElement payload)
    {
        var claims = new JsonObject();
        foreach (var name in _settings.Claims)
        {
            // Null where the token lacks it: merged into the session's claims, that takes away a role which the provider has taken away.
            claims[name] = payload.TryGetProperty(name, out var value) ? JsonNode.Parse(value.GetRawText()) : null;
        }

        return claims;
    }

    private Refusal Refused(string reason)
    {
        log.IdTokenRefused(reason);
        return NotValid;
    }
}

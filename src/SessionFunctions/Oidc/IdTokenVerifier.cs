using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Sessions;

namespace SessionFunctions.Oidc;

/// <summary>
/// Tells whether an id token was issued by the configured provider, for this application, and still holds. Whatever is wrong with a token,
/// the caller learns only that; the log says what it was.
/// </summary>
public sealed class IdTokenVerifier(ProviderKeys provider, IOptions<OidcOptions> options, TimeProvider time, ILogger<IdTokenVerifier> log)
{
    private static readonly Refusal NotValid = Refusal.NotAllowed("The id token isn't valid for this service.");

    private static readonly Refusal NoKeys =
        new(RefusalKind.Busy, "The identity provider can't be reached, so the id token can't be checked. Try again in a moment.");

    private readonly OidcOptions _settings = options.Value;

    /// <summary>Whether a provider is configured. Without one, no token is valid.</summary>
    public bool IsOn => _settings.HasProvider;

    /// <summary>The last second of the year 9999.</summary>
    private const double LastSecond = 253402300799;

    /// <param name="idToken">As the client got it from the provider.</param>
    /// <param name="nonce">What the client put into its request to the provider, where it did.</param>
    public async Task<Result<IdToken>> VerifyAsync(string idToken, string? nonce, CancellationToken cancellation)
    {
        if (!IsOn)
        {
            return Refused("no provider is configured");
        }

        if (!UnverifiedToken.TryParse(idToken, out var token, out var fault))
        {
            return Refused(fault);
        }

        using (token)
        {
            if (!_settings.Algorithms.Contains(token.Algorithm, StringComparer.Ordinal))
            {
                return Refused("its algorithm isn't one of Sessions:Oidc:Algorithms");
            }

            if (!(await KeyAsync(token, cancellation)).Succeeded(out var key, out var refusal))
            {
                return refusal;
            }

            fault = await LibraryChecks.FaultOfAsync(token.Text, key, _settings)
                ?? IdTokenClaims.FaultOf(token.Payload, _settings, nonce, time.GetUtcNow());
            return fault is null ? new IdToken(token.Payload.Text("sub")!, Chosen(token.Payload), Once(token)) : Refused(fault);
        }
    }

    /// <summary>The hash of what is signed, since a signature may be spelt in more than one way.</summary>
    private TimedHash Once(UnverifiedToken token)
    {
        var signed = token.Text[..token.Text.LastIndexOf('.')];
        var expires = Math.Clamp(token.Payload.GetProperty("exp").GetDouble() + _settings.ClockSkew.TotalSeconds, 0, LastSecond);
        return new TimedHash(SecretHash.Of(Encoding.ASCII.GetBytes(signed)), DateTimeOffset.FromUnixTimeSeconds((long)expires));
    }

    private async Task<Result<JsonWebKey>> KeyAsync(UnverifiedToken token, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        if (await provider.GetAsync(cancellation) is not { } known)
        {
            return NoKeys;
        }

        if (token.KeyId is null)
        {
            return Only(known.Keys, token.Algorithm);
        }

        var named = Named(known);
        if (named.Count == 0 && known.At <= began) // fetched before this call, so there may be newer ones
        {
            named = Named(await provider.RollAsync(known, cancellation));
        }

        return named.Count == 0 ? Refused("the provider has no such key") : Only(named, token.Algorithm);

        List<JsonWebKey> Named(ProviderKeys.Snapshot snapshot) => [.. snapshot.Keys.Where(key => key.Kid == token.KeyId)];
    }

    private Result<JsonWebKey> Only(IEnumerable<JsonWebKey> keys, string algorithm) =>
        keys.Where(key => key.Fits(algorithm)).Take(2).ToArray() is [var key]
            ? key
            : Refused("its algorithm goes with no key of the provider's, or with several");

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

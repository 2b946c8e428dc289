using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SessionFunctions.Oidc;

/// <summary>
/// Which of a provider's keys count. Those that aren't for signatures, too weak, broken or of a kind that isn't known are left out, as
/// RFC 7517 asks. The library looks neither at a key's <c>alg</c> nor at its <c>key_ops</c>, and takes shorter ones.
/// </summary>
internal static class UsableKeys
{
    private const int LeastRsaBits = 2048;
    private const int MostRsaBits = 8192; // a larger one would cost more than checking a signature should

    public static IReadOnlyList<JsonWebKey> Of(JsonWebKeySet published) => [.. published.Keys.Select(NumbersOf).OfType<JsonWebKey>()];

    /// <summary>
    /// Whether a signature of this algorithm can be this key's. The key decides and not the token, which otherwise could have the public
    /// key taken for something else (RFC 8725, section 3.1).
    /// </summary>
    public static bool Fits(this JsonWebKey key, string algorithm) =>
        (key.Alg is null || key.Alg == algorithm) && algorithm switch
        {
            "ES256" => key.Crv == "P-256",
            "ES384" => key.Crv == "P-384",
            "ES512" => key.Crv == "P-521",
            _ => key.Kty == "RSA",
        };

    /// <summary>The key with its numbers alone: the library would prefer a certificate that stands beside them.</summary>
    private static JsonWebKey? NumbersOf(JsonWebKey jwk)
    {
        if (jwk.Use is not (null or "sig") || (jwk.KeyOps.Count > 0 && !jwk.KeyOps.Contains("verify")))
        {
            return null;
        }

        var key = new JsonWebKey { Kid = jwk.Kid, Alg = jwk.Alg, Kty = jwk.Kty };
        try
        {
            return jwk.Kty switch { "RSA" => WithRsa(key, jwk), "EC" => WithPoint(key, jwk), _ => null };
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static JsonWebKey? WithRsa(JsonWebKey key, JsonWebKey jwk)
    {
        // Without zeros in front: some providers send one.
        var modulus = Base64UrlEncoder.DecodeBytes(jwk.N ?? "").AsSpan().TrimStart((byte)0);
        var exponent = Base64UrlEncoder.DecodeBytes(jwk.E ?? "").AsSpan().TrimStart((byte)0);
        var bits = modulus.IsEmpty ? 0 : (modulus.Length * 8) - byte.LeadingZeroCount(modulus[0]);
        if (bits is < LeastRsaBits or > MostRsaBits || exponent.Length is 0 or > 4 || (exponent[^1] & 1) == 0 || exponent is [1])
        {
            return null; // with an exponent of 1 anybody could sign
        }

        (key.N, key.E) = (Base64UrlEncoder.Encode(modulus.ToArray()), Base64UrlEncoder.Encode(exponent.ToArray()));
        return key;
    }

    private static JsonWebKey? WithPoint(JsonWebKey key, JsonWebKey jwk)
    {
        ECCurve? curve = jwk.Crv switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            "P-521" => ECCurve.NamedCurves.nistP521,
            _ => null,
        };
        if (curve is null)
        {
            return null;
        }

        (key.Crv, key.X, key.Y) = (jwk.Crv, jwk.X, jwk.Y);
        var point = new ECPoint { X = Base64UrlEncoder.DecodeBytes(jwk.X ?? ""), Y = Base64UrlEncoder.DecodeBytes(jwk.Y ?? "") };
        ECDsa.Create(new ECParameters { Curve = curve.Value, Q = point }).Dispose(); // throws where the point isn't on the curve
        return key;
    }
}

using System.Security.Cryptography;
using System.Text.Json;

namespace SessionFunctions.Oidc;

/// <summary>Reads a JWK set (RFC 7517). Keys that aren't for signatures, too weak or of a kind that isn't known are left out, as the RFC asks.</summary>
internal static class JwkSet
{
    private const int LeastRsaBits = 2048;
    private const int MostRsaBits = 8192; // a larger one would cost more than checking a signature should

    public static IReadOnlyList<ProviderKey>? Parse(JsonElement document) =>
        document.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Select(KeyOf).OfType<ProviderKey>()]
            : null;

    private static ProviderKey? KeyOf(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || !IsForSignatures(jwk))
        {
            return null;
        }

        return Text(jwk, "kty") switch
        {
            "RSA" => RsaKeyOf(jwk),
            "EC" => EcKeyOf(jwk),
            _ => null,
        };
    }

    private static bool IsForSignatures(JsonElement jwk) =>
        (!jwk.TryGetProperty("use", out _) || Text(jwk, "use") == "sig")
        && (!jwk.TryGetProperty("key_ops", out var uses)
            || (uses.ValueKind == JsonValueKind.Array && uses.EnumerateArray().Any(use => use.ValueKind == JsonValueKind.String && use.ValueEquals("verify"))));

    private static RsaProviderKey? RsaKeyOf(JsonElement jwk)
    {
        if (Number(jwk, "n") is not { Length: > 0 } modulus || Number(jwk, "e") is not { Length: > 0 and <= 4 } exponent)
        {
            return null;
        }

        var bits = (modulus.Length * 8) - byte.LeadingZeroCount(modulus[0]);
        return bits is >= LeastRsaBits and <= MostRsaBits
            && (exponent[^1] & 1) == 1 && exponent is not [1] // with an exponent of 1 anybody could sign
                ? new RsaProviderKey(Text(jwk, "kid"), Text(jwk, "alg"), new RSAParameters { Modulus = modulus, Exponent = exponent })
                : null;
    }

    private static EcProviderKey? EcKeyOf(JsonElement jwk)
    {
        var name = Text(jwk, "crv");
        var (curve, length) = name switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, 32),
            "P-384" => (ECCurve.NamedCurves.nistP384, 48),
            "P-521" => (ECCurve.NamedCurves.nistP521, 66),
            _ => default,
        };
        if (length == 0 || Bytes(jwk, "x") is not { } x || Bytes(jwk, "y") is not { } y || x.Length != length || y.Length != length)
        {
            return null;
        }

        var parameters = new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } };
        try
        {
            ECDsa.Create(parameters).Dispose(); // a point that isn't on the curve doesn't get past this
            return new EcProviderKey(Text(jwk, "kid"), Text(jwk, "alg"), name!, parameters);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement jwk, string name) => StrictBase64Url.TryDecode(Text(jwk, name), out var bytes) ? bytes : null;

    /// <summary>A number without zeros in front: some providers send one.</summary>
    private static byte[]? Number(JsonElement jwk, string name) => Bytes(jwk, name) is { } bytes ? bytes.AsSpan().TrimStart((byte)0).ToArray() : null;
}

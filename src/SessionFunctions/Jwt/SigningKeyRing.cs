using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SessionFunctions.Jwt;

/// <summary>Named P-256 private keys from configuration, <c>id:base64;id:base64</c> (PKCS#8): the first signs, all are published.</summary>
internal sealed class SigningKeyRing
{
    private const int MaxIdChars = 32;
    private const string P256 = "1.2.840.10045.3.1.7";
    private const string HowToMake =
        "make one: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -outform DER | openssl base64 -A";

    private SigningKeyRing(IReadOnlyList<SigningKey> keys) => Keys = keys;

    public IReadOnlyList<SigningKey> Keys { get; }

    public bool IsEmpty => Keys.Count == 0;

    public static bool TryParse(string? text, [NotNullWhen(true)] out SigningKeyRing? ring, [NotNullWhen(false)] out string? fault)
    {
        ring = null;
        fault = null;
        var keys = new List<SigningKey>();
        foreach (var pair in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            var id = colon < 0 ? "" : pair[..colon];
            if (id.Length is 0 or > MaxIdChars || !id.All(char.IsAsciiLetterOrDigit) || keys.Exists(known => known.Id == id))
            {
                fault = $"key {keys.Count + 1} needs an id of its own, of 1 to {MaxIdChars} letters and digits, before a colon "
                    + "(id:base64;id:base64).";
                return false;
            }

            if (ParametersOf(pair[(colon + 1)..]) is not { } parameters)
            {
                fault = $"key '{id}' isn't a P-256 private key, PKCS#8 in base64 ({HowToMake}).";
                return false;
            }

            keys.Add(new SigningKey(id, parameters));
        }

        ring = new SigningKeyRing(keys);
        return true;
    }

    private static ECParameters? ParametersOf(string base64)
    {
        try
        {
            var pkcs8 = Convert.FromBase64String(base64);
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(pkcs8, out var read);
            var parameters = key.ExportParameters(includePrivateParameters: true);
            return read == pkcs8.Length && parameters.Curve is { IsNamed: true, Oid.Value: P256 } ? parameters : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>A private key and the name that verifiers find its public half by.</summary>
internal sealed class SigningKey(string id, ECParameters parameters)
{
    public string Id => id;

    /// <summary>The public point, as a JWK has it.</summary>
    public ECPoint Point => parameters.Q;

    /// <summary>As numbers and not as an object of the platform: the library makes one for each thread that signs.</summary>
    public JsonWebKey ToJsonWebKey() => new()
    {
        Kid = Id,
        Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
        Crv = JsonWebKeyECTypes.P256,
        X = Base64UrlEncoder.Encode(parameters.Q.X),
        Y = Base64UrlEncoder.Encode(parameters.Q.Y),
        D = Base64UrlEncoder.Encode(parameters.D),
    };
}

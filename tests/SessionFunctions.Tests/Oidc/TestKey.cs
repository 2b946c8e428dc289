using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SessionFunctions.Tests.Oidc;

/// <summary>A key pair of the provider's, and its public half as a JWK that a test may bend.</summary>
internal sealed class TestKey
{
    private readonly Func<byte[], string, byte[]> _sign;

    private TestKey(JsonObject jwk, Func<byte[], string, byte[]> sign) => (Jwk, _sign) = (jwk, sign);

    public JsonObject Jwk { get; }

    public string Id => Jwk["kid"]!.GetValue<string>();

    public byte[] Sign(byte[] data, string algorithm) => _sign(data, algorithm);

    public static TestKey Rsa(string id, int bits = 2048)
    {
        var key = RSA.Create(bits);
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject { ["kty"] = "RSA", ["kid"] = id, ["n"] = Text(parameters.Modulus!), ["e"] = Text(parameters.Exponent!) };
        return new TestKey(jwk, (data, algorithm) =>
            key.SignData(data, HashOf(algorithm), algorithm.StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1));
    }

    public static TestKey Ec(string id, string curve = "P-256")
    {
        var key = ECDsa.Create(curve switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            _ => ECCurve.NamedCurves.nistP521,
        });
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var jwk = new JsonObject { ["kty"] = "EC", ["kid"] = id, ["crv"] = curve, ["x"] = Text(point.X!), ["y"] = Text(point.Y!) };
        return new TestKey(jwk, (data, algorithm) => key.SignData(data, HashOf(algorithm)));
    }

    /// <summary>A key of the kind that the algorithm needs.</summary>
    public static TestKey For(string algorithm, string id) => algorithm switch
    {
        "ES256" => Ec(id),
        "ES384" => Ec(id, "P-384"),
        "ES512" => Ec(id, "P-521"),
        _ => Rsa(id),
    };

    public static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private static HashAlgorithmName HashOf(string algorithm) => algorithm[^3..] switch
    {
        "384" => HashAlgorithmName.SHA384,
        "512" => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };
}

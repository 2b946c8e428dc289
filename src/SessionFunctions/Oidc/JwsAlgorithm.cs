using System.Security.Cryptography;

namespace SessionFunctions.Oidc;

/// <summary>A signature algorithm of RFC 7518 that is made with a private key. There are no others here: no "none", nothing with a shared secret.</summary>
/// <param name="Name">As in the header.</param>
/// <param name="Hash">What is signed is a hash.</param>
/// <param name="Padding">For RSA.</param>
/// <param name="Curve">For elliptic curves: the only curve that goes with it.</param>
internal sealed record JwsAlgorithm(string Name, HashAlgorithmName Hash, RSASignaturePadding? Padding, string? Curve)
{
    private static readonly Dictionary<string, JwsAlgorithm> Known = new JwsAlgorithm[]
    {
        new("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, null),
        new("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1, null),
        new("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, null),
        new("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss, null),
        new("PS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pss, null),
        new("PS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pss, null),
        new("ES256", HashAlgorithmName.SHA256, null, "P-256"),
        new("ES384", HashAlgorithmName.SHA384, null, "P-384"),
        new("ES512", HashAlgorithmName.SHA512, null, "P-521"),
    }.ToDictionary(algorithm => algorithm.Name, StringComparer.Ordinal);

    public static JwsAlgorithm Named(string name) => Known[name];
}

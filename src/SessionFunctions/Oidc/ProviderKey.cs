using System.Security.Cryptography;

namespace SessionFunctions.Oidc;

/// <summary>A public key that the provider signs with.</summary>
/// <param name="Id"><c>kid</c>, where it has one.</param>
/// <param name="Algorithm">The only algorithm it is for, where it says so.</param>
internal abstract record ProviderKey(string? Id, string? Algorithm)
{
    /// <summary>
    /// Whether a signature of this algorithm can be this key's. The key decides and not the token, which otherwise could have the public key
    /// taken for something else (RFC 8725, section 3.1).
    /// </summary>
    public bool Fits(JwsAlgorithm algorithm) => (Algorithm is null || Algorithm == algorithm.Name) && IsOfKind(algorithm);

    public bool Verifies(JwsAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            return VerifiesSignature(algorithm, data, signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    protected abstract bool IsOfKind(JwsAlgorithm algorithm);

    protected abstract bool VerifiesSignature(JwsAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}

internal sealed record RsaProviderKey(string? Id, string? Algorithm, RSAParameters Parameters) : ProviderKey(Id, Algorithm)
{
    protected override bool IsOfKind(JwsAlgorithm algorithm) => algorithm.Padding is not null;

    protected override bool VerifiesSignature(JwsAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // A key object for each call: one isn't safe to share between threads.
        using var key = RSA.Create(Parameters);
        return key.VerifyData(data, signature, algorithm.Hash, algorithm.Padding!);
    }
}

internal sealed record EcProviderKey(string? Id, string? Algorithm, string Curve, ECParameters Parameters) : ProviderKey(Id, Algorithm)
{
    protected override bool IsOfKind(JwsAlgorithm algorithm) => algorithm.Curve == Curve;

    protected override bool VerifiesSignature(JwsAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create(Parameters);
        return key.VerifyData(data, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}

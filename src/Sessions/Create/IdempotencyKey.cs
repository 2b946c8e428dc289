using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sessions.Create;

/// <summary>
/// The name that a caller gives to a call, to repeat it safely. Whoever knows it gets the first call's answer, with its token, so it must be hard to
/// guess; and it is the key under which that token is kept, so a copy of the table, which has only its hash, doesn't show the token.
/// </summary>
public sealed class IdempotencyKey
{
    public const int MinChars = 16;
    public const int MaxChars = 255;

    private readonly byte[] _material;

    private IdempotencyKey(string text)
    {
        _material = SHA256.HashData(Encoding.ASCII.GetBytes(text));
        Hash = Base32.Encode(Derive("row"u8, 20));
        Spread = Derive("shard"u8, 1)[0];
    }

    /// <summary>What the table knows it by.</summary>
    public string Hash { get; }

    private int Spread { get; }

    /// <summary>Visible ASCII, 16 to 255 characters: a random UUID, say.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IdempotencyKey? key)
    {
        key = text.Length is >= MinChars and <= MaxChars && text.All(c => c is > ' ' and <= '~') ? new IdempotencyKey(text) : null;
        return key is not null;
    }

    public Shard Shard(int count) => Sessions.Shard.Numbered(Spread % count);

    internal byte[] Seal(ReadOnlySpan<byte> secret)
    {
        var sealedBytes = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + secret.Length];
        var (nonce, tag) = (sealedBytes.AsMemory(0, AesGcm.NonceByteSizes.MaxSize), sealedBytes.AsMemory(AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize));
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(Derive("token"u8, 32), AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(nonce.Span, secret, sealedBytes.AsSpan(nonce.Length + tag.Length), tag.Span);
        return sealedBytes;
    }

    internal byte[] Open(ReadOnlySpan<byte> sealedBytes)
    {
        var (nonceLength, tagLength) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var secret = new byte[sealedBytes.Length - nonceLength - tagLength];
        using var aes = new AesGcm(Derive("token"u8, 32), tagLength);
        aes.Decrypt(sealedBytes[..nonceLength], sealedBytes[(nonceLength + tagLength)..], sealedBytes.Slice(nonceLength, tagLength), secret);
        return secret;
    }

    private byte[] Derive(ReadOnlySpan<byte> use, int length)
    {
        var derived = new byte[length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _material, derived, [], use);
        return derived;
    }
}

using System.Security.Cryptography;

namespace Sessions;

/// <summary>SHA-256 of a secret: all that is ever stored of one. The secret has 256 random bits, so a plain hash is enough.</summary>
public sealed class SecretHash
{
    public const int Length = SHA256.HashSizeInBytes;

    private readonly byte[] _bytes;

    private SecretHash(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes;

    public static SecretHash Of(ReadOnlySpan<byte> secret) => new(SHA256.HashData(secret));

    public static SecretHash? FromStored(byte[]? bytes) => bytes is { Length: Length } ? new SecretHash(bytes) : null;

    public byte[] ToStored() => (byte[])_bytes.Clone();

    /// <summary>Takes the same time whatever the bytes are; false for none.</summary>
    public bool Matches(SecretHash? other) => other is not null && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    public override string ToString() => "***";
}

namespace Sessions;

/// <summary>What a table knows a user by: a hash of the name, fit for a row's key, 160 bits in base32.</summary>
public readonly record struct UserKey
{
    private const int HashBytes = 20;

    private readonly string? _text;

    private UserKey(string text) => _text = text;

    /// <summary>A number from the hash that chooses the shard.</summary>
    internal int Spread => _text is null ? 0 : Base32.LastByte(_text);

    internal static UserKey FromHash(ReadOnlySpan<byte> hash) => new(Base32.Encode(hash[..HashBytes]));

    /// <summary>Null where it isn't what <see cref="ToString"/> gave.</summary>
    internal static UserKey? FromStored(string? text) => text is not null && Base32.IsCanonical(text, HashBytes) ? new UserKey(text) : null;

    public override string ToString() => _text ?? "";
}

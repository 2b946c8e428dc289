using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sessions;

/// <summary>
/// By which a caller makes a change again without making it twice: the change goes by this id in the row's write log. Of the text only a
/// hash is kept, since callers may put into it what they like.
/// </summary>
public readonly record struct IdempotencyKey
{
    private IdempotencyKey(ulong writeId) => WriteId = writeId;

    /// <summary>The first 8 bytes of the text's SHA-256.</summary>
    public ulong WriteId { get; }

    /// <summary>The key that this text is; the same text is always the same key.</summary>
    public static IdempotencyKey Of(string text) => new(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    public override string ToString() => "***";
}

using System.IO.Compression;

namespace Sessions.Rows;

/// <summary>
/// JSON as stored: Brotli where that shrinks it, then sealed where a key is configured. A first byte says which of them were applied.
/// The session and the column are part of the seal, so that a payload moved to another session, or data passed off as claims, doesn't open.
/// </summary>
/// <param name="keys">Seals and opens.</param>
/// <param name="allowUnencrypted">Whether a payload in clear is read although there are keys.</param>
internal sealed class PayloadCodec(KeyRing keys, bool allowUnencrypted = false)
{
    private const byte Plain = 0;
    private const byte Compressed = 1;
    private const byte Encrypted = 2;

    /// <summary>A request costs the same with or without fewer bytes than these, and they are on their way sooner than compressed.</summary>
    private const int WorthCompressing = 2048;
    private const int Quality = 4;
    private const int Window = 18;

    private readonly Seal _seal = new(keys);

    public byte[] Encode(ReadOnlySpan<byte> utf8, SessionId session, string column)
    {
        var compressed = Compress(utf8);
        var form = compressed is null ? Plain : Compressed;
        var body = compressed ?? utf8;
        return _seal.HasKeys ? _seal.Close((byte)(form | Encrypted), body, session.ToString(), column) : [form, .. body];
    }

    /// <param name="stored">What <see cref="Encode"/> gave, or somebody else wrote.</param>
    /// <param name="session">Whose it is.</param>
    /// <param name="column">Where it stood.</param>
    /// <param name="maxBytes">The most that it may hold: no more memory than that is taken for it.</param>
    public ReadOnlyMemory<byte> Decode(byte[] stored, SessionId session, string column, int maxBytes)
    {
        try
        {
            return Open(stored, session, column, maxBytes);
        }
        catch (UnreadablePayloadException)
        {
            RefusedPayloads.Count(column);
            throw;
        }
    }

    private ReadOnlyMemory<byte> Open(byte[] stored, SessionId session, string column, int maxBytes)
    {
        if (stored.Length == 0)
        {
            throw new UnreadablePayloadException("it is empty");
        }

        var form = stored[0];
        if ((form & Encrypted) == 0 && _seal.HasKeys && !allowUnencrypted)
        {
            throw new UnreadablePayloadException("it isn't encrypted, and Sessions:AllowUnencryptedPayloads is off");
        }

        var body = (form & Encrypted) == 0 ? stored.AsMemory(1) : _seal.Open(stored, session.ToString(), column);
        return (form & Compressed) != 0 ? Decompress(body.Span, maxBytes)
            : body.Length <= maxBytes ? body
            : throw TooLong(body.Length, maxBytes);
    }

    /// <summary>Null where it isn't worth it, or didn't shrink.</summary>
    private static byte[]? Compress(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < WorthCompressing)
        {
            return null;
        }

        // One byte less than the input: what doesn't fit didn't shrink. The length stands in front, to decompress in one go.
        var buffer = new byte[utf8.Length - 1];
        BitConverter.TryWriteBytes(buffer, utf8.Length);
        return BrotliEncoder.TryCompress(utf8, buffer.AsSpan(sizeof(int)), out var written, Quality, Window)
            ? buffer[..(sizeof(int) + written)]
            : null;
    }

    private static byte[] Decompress(ReadOnlySpan<byte> body, int maxBytes)
    {
        if (body.Length < sizeof(int))
        {
            throw new UnreadablePayloadException("it is cut short");
        }

        var length = BitConverter.ToInt32(body);
        if (length < 0 || length > maxBytes)
        {
            throw TooLong(length, maxBytes);
        }

        var utf8 = new byte[length];
        return BrotliDecoder.TryDecompress(body[sizeof(int)..], utf8, out var written) && written == length
            ? utf8
            : throw new UnreadablePayloadException("it doesn't decompress");
    }

    private static UnreadablePayloadException TooLong(int length, int maxBytes) =>
        new($"it has {length} bytes, and no more than {maxBytes} are allowed");
}

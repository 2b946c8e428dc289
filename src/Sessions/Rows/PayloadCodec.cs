using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Sessions.Rows;

/// <summary>
/// JSON as stored: Brotli where that shrinks it, then AES-256-GCM where a key is configured. A first byte says which of them were applied.
/// The session and the column are associated data, so that a payload moved to another session, or data passed off as claims, doesn't open.
/// </summary>
/// <remarks>By hand, on the platform's ciphers: ASP.NET Core's Data Protection keeps keys and their lifetimes itself, and ours are a
/// setting.</remarks>
internal sealed class PayloadCodec(KeyRing keys)
{
    private const byte Plain = 0;
    private const byte Compressed = 1;
    private const byte Encrypted = 2;
    private const int WorthCompressing = 256;
    private const int Quality = 4;
    private const int Window = 18;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public byte[] Encode(ReadOnlySpan<byte> utf8, SessionId session, string column)
    {
        var (form, body) = Compress(utf8);
        return keys.IsEmpty ? [form, .. body] : Encrypt(form, body, session, column);
    }

    public byte[] Decode(byte[] stored, SessionId session, string column)
    {
        if (stored.Length == 0)
        {
            throw new UnreadablePayloadException("it is empty");
        }

        var form = stored[0];
        var body = (form & Encrypted) == 0 ? stored.AsSpan(1) : Decrypt(stored, session, column);
        return (form & Compressed) == 0 ? body.ToArray() : Decompress(body);
    }

    private static (byte Form, byte[] Body) Compress(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length >= WorthCompressing)
        {
            // One byte less than the input: what doesn't fit didn't shrink. The length stands in front, to decompress in one go.
            var buffer = new byte[utf8.Length - 1];
            BitConverter.TryWriteBytes(buffer, utf8.Length);
            if (BrotliEncoder.TryCompress(utf8, buffer.AsSpan(sizeof(int)), out var written, Quality, Window))
            {
                return (Compressed, buffer[..(sizeof(int) + written)]);
            }
        }

        return (Plain, utf8.ToArray());
    }

    private static byte[] Decompress(ReadOnlySpan<byte> body)
    {
        if (body.Length < sizeof(int) || BitConverter.ToInt32(body) is var length && length is < 0 or > MaxDecoded)
        {
            throw new UnreadablePayloadException("its length is wrong");
        }

        var utf8 = new byte[length];
        return BrotliDecoder.TryDecompress(body[sizeof(int)..], utf8, out var written) && written == length
            ? utf8
            : throw new UnreadablePayloadException("it doesn't decompress");
    }

    private const int MaxDecoded = 64 * 1024 * 1024;

    /// <summary>form, length of the key's id, id, nonce, tag, ciphertext.</summary>
    private byte[] Encrypt(byte form, byte[] body, SessionId session, string column)
    {
        var id = Encoding.ASCII.GetBytes(keys.FirstId);
        var head = 2 + id.Length;
        var stored = new byte[head + NonceBytes + TagBytes + body.Length];
        stored[0] = (byte)(form | Encrypted);
        stored[1] = (byte)id.Length;
        id.CopyTo(stored, 2);
        var nonce = stored.AsSpan(head, NonceBytes);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(keys.KeyFor(keys.FirstId, session)!, TagBytes);
        aes.Encrypt(
            nonce,
            body,
            stored.AsSpan(head + NonceBytes + TagBytes),
            stored.AsSpan(head + NonceBytes, TagBytes),
            AssociatedData(stored.AsSpan(0, head), session, column));
        return stored;
    }

    private byte[] Decrypt(ReadOnlySpan<byte> stored, SessionId session, string column)
    {
        var head = 2 + (stored.Length > 1 ? stored[1] : 0);
        if (stored.Length < head + NonceBytes + TagBytes)
        {
            throw new UnreadablePayloadException("it is cut short");
        }

        var id = Encoding.ASCII.GetString(stored[2..head]);
        var key = keys.KeyFor(id, session) ?? throw new UnreadablePayloadException($"Sessions:EncryptionKeys has no key '{id}'");
        var ciphertext = stored[(head + NonceBytes + TagBytes)..];
        var body = new byte[ciphertext.Length];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(
                stored.Slice(head, NonceBytes),
                ciphertext,
                stored.Slice(head + NonceBytes, TagBytes),
                body,
                AssociatedData(stored[..head], session, column));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new UnreadablePayloadException("it was changed, moved, or encrypted with another key of the same id", e);
        }

        return body;
    }

    private static byte[] AssociatedData(ReadOnlySpan<byte> head, SessionId session, string column) =>
        [.. head, .. Encoding.ASCII.GetBytes($"{session}/{column}")];
}

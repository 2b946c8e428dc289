using System.Security.Cryptography;
using System.Text;

namespace Sessions.Rows;

/// <summary>
/// AES-256-GCM under the key ring: the first key seals, all open. What it belongs to and which column it stands in are associated data, so
/// that it doesn't open anywhere else. Stored: form, length of the key's id, id, nonce, tag, ciphertext.
/// </summary>
/// <remarks>By hand, on the platform's ciphers: ASP.NET Core's Data Protection keeps keys and their lifetimes itself, and ours are a
/// setting.</remarks>
internal sealed class Seal(KeyRing keys)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public bool HasKeys => !keys.IsEmpty;

    /// <param name="form">A first byte, which is protected too.</param>
    /// <param name="body">What is to be sealed.</param>
    /// <param name="owner">What it belongs to.</param>
    /// <param name="column">Where it stands.</param>
    public byte[] Close(byte form, ReadOnlySpan<byte> body, string owner, string column)
    {
        var id = Encoding.ASCII.GetBytes(keys.FirstId);
        var head = 2 + id.Length;
        var stored = new byte[head + NonceBytes + TagBytes + body.Length];
        stored[0] = form;
        stored[1] = (byte)id.Length;
        id.CopyTo(stored, 2);
        var nonce = stored.AsSpan(head, NonceBytes);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(keys.KeyFor(keys.FirstId, owner)!, TagBytes);
        aes.Encrypt(
            nonce,
            body,
            stored.AsSpan(head + NonceBytes + TagBytes),
            stored.AsSpan(head + NonceBytes, TagBytes),
            AssociatedData(stored.AsSpan(0, head), owner, column));
        return stored;
    }

    public byte[] Open(ReadOnlySpan<byte> stored, string owner, string column)
    {
        var head = HeadOf(stored);
        if (stored.Length < head + NonceBytes + TagBytes)
        {
            throw new UnreadablePayloadException("it is cut short");
        }

        var id = Encoding.ASCII.GetString(stored[2..head]);
        var key = keys.KeyFor(id, owner) ?? throw new UnreadablePayloadException($"Sessions:EncryptionKeys has no key '{id}'");
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
                AssociatedData(stored[..head], owner, column));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new UnreadablePayloadException("it was changed, moved, or encrypted with another key of the same id", e);
        }

        return body;
    }

    /// <summary>Whether the key that sealed it is the one that seals now.</summary>
    public bool IsByFirstKey(ReadOnlySpan<byte> stored) =>
        !keys.IsEmpty && HeadOf(stored) is var head && stored.Length >= head && Encoding.ASCII.GetString(stored[2..head]) == keys.FirstId;

    private static int HeadOf(ReadOnlySpan<byte> stored) => 2 + (stored.Length > 1 ? stored[1] : 0);

    private static byte[] AssociatedData(ReadOnlySpan<byte> head, string owner, string column) =>
        [.. head, .. Encoding.ASCII.GetBytes($"{owner}/{column}")];
}

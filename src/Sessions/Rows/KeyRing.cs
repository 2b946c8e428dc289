using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Sessions.Rows;

/// <summary>
/// Named 256-bit keys from configuration, <c>id:base64;id:base64</c>: the first encrypts, all decrypt. Empty: nothing is encrypted.
/// </summary>
internal sealed class KeyRing
{
    private const int KeyBytes = 32;
    private const int MaxIdChars = 32;

    public static readonly KeyRing Empty = new([]);

    private readonly IReadOnlyList<(string Id, byte[] Key)> _keys;

    private KeyRing(IReadOnlyList<(string Id, byte[] Key)> keys) => _keys = keys;

    public bool IsEmpty => _keys.Count == 0;

    public string FirstId => _keys[0].Id;

    /// <summary>
    /// The key for what one owner has, derived from the ring's: with a key each, the number of messages under which random nonces stay safe
    /// (2^32) counts for a session and not for the whole service.
    /// </summary>
    public byte[]? KeyFor(string keyId, string owner)
    {
        foreach (var (id, key) in _keys)
        {
            if (id == keyId)
            {
                return HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: System.Text.Encoding.ASCII.GetBytes(owner));
            }
        }

        return null;
    }

    public static KeyRing Of(RowsOptions options) =>
        TryParse(options.EncryptionKeys, out var ring, out var fault) ? ring : throw new InvalidOperationException(fault);

    public static bool TryParse(string? text, [NotNullWhen(true)] out KeyRing? ring, [NotNullWhen(false)] out string? fault)
    {
        ring = null;
        fault = null;
        var keys = new List<(string Id, byte[] Key)>();
        foreach (var pair in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            var id = colon < 0 ? "" : pair[..colon];
            if (id.Length is 0 or > MaxIdChars || !id.All(char.IsAsciiLetterOrDigit) || keys.Exists(known => known.Id == id))
            {
                fault = $"key {keys.Count + 1} needs an id of its own, of 1 to {MaxIdChars} letters and digits, before a colon (id:base64;id:base64).";
                return false;
            }

            var key = new byte[KeyBytes];
            if (!Convert.TryFromBase64String(pair[(colon + 1)..], key, out var written) || written != KeyBytes)
            {
                fault = $"key '{id}' isn't {KeyBytes} bytes in base64 (make one: openssl rand -base64 {KeyBytes}).";
                return false;
            }

            keys.Add((id, key));
        }

        ring = new KeyRing(keys);
        return true;
    }
}

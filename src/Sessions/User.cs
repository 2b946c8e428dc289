using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sessions;

/// <summary>The user that a session is signed in as, as the operator names it: any text of 1 to 512 bytes in UTF-8.</summary>
public sealed record User
{
    public const int MaxBytes = 512;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private User(string name, byte[] utf8) => (Name, Key) = (name, UserKey.Of(utf8));

    public string Name { get; }

    /// <summary>What the table knows the user by.</summary>
    public UserKey Key { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out User? user)
    {
        user = null;
        if (string.IsNullOrEmpty(text) || text.Length > MaxBytes)
        {
            return false;
        }

        byte[] utf8;
        try
        {
            utf8 = StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return false; // half a surrogate pair has no UTF-8
        }

        if (utf8.Length > MaxBytes)
        {
            return false;
        }

        user = new User(text, utf8);
        return true;
    }

    public override string ToString() => Key.ToString();
}

/// <summary>A hash of a user, fit for a key: 160 bits in base32.</summary>
public readonly record struct UserKey
{
    private const int HashBytes = 20;

    private readonly string _text;

    private UserKey(string text, int spread) => (_text, Spread) = (text, spread);

    /// <summary>A number from the hash that chooses the shard.</summary>
    internal int Spread { get; }

    internal static UserKey Of(ReadOnlySpan<byte> utf8)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, hash);
        return new UserKey(Base32.Encode(hash[..HashBytes]), hash[^1]);
    }

    public override string ToString() => _text ?? "";
}

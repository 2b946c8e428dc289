using System.Buffers;

namespace Sessions;

/// <summary>RFC 4648 base32 without padding, in the lower-case letters and digits that every table service accepts in a key.</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> chars = stackalloc char[((bytes.Length * 8) + 4) / 5];
        int buffer = 0, bits = 0, at = 0;
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                chars[at++] = Alphabet[(buffer >> bits) & 31];
            }
        }

        if (bits > 0)
        {
            chars[at] = Alphabet[(buffer << (5 - bits)) & 31];
        }

        return new string(chars);
    }

    /// <summary>The last of the bytes that a text without stray bits stands for.</summary>
    public static int LastByte(ReadOnlySpan<char> text) =>
        ((Alphabet.IndexOf(text[^2], StringComparison.Ordinal) << 5) | Alphabet.IndexOf(text[^1], StringComparison.Ordinal)) & 0xff;

    /// <summary>True only for the one spelling that <see cref="Encode"/> gives: no upper case, no stray bits at the end.</summary>
    public static bool IsCanonical(ReadOnlySpan<char> text, int byteCount)
    {
        if (text.Length != ((byteCount * 8) + 4) / 5 || text.ContainsAnyExcept(Letters))
        {
            return false;
        }

        var strayBits = (text.Length * 5) - (byteCount * 8);
        return (Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & ((1 << strayBits) - 1)) == 0;
    }
}

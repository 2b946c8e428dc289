using System.Globalization;
using System.Text;

namespace Sessions;

/// <summary>
/// JSON in its shortest spelling, from text that <see cref="JsonRules"/> has passed: no white space, and letters as UTF-8 where they were
/// escaped. The framework's writer escapes emoji whatever its encoder, which would make 12 bytes of 4 each time data is patched.
/// </summary>
internal static class CompactJson
{
    private const int EscapeLength = 6; // \uXXXX

    public static byte[] Of(ReadOnlySpan<byte> utf8)
    {
        var compact = new byte[utf8.Length];
        var length = 0;
        var inString = false;
        for (var i = 0; i < utf8.Length; i++)
        {
            var b = utf8[i];
            if (!inString && b is ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                continue;
            }

            if (b == '"')
            {
                inString = !inString;
            }
            else if (b == '\\')
            {
                length += CopyEscape(utf8[i..], compact.AsSpan(length), out var read);
                i += read - 1;
                continue;
            }

            compact[length++] = b;
        }

        return compact[..length];
    }

    /// <summary>What isn't ASCII becomes UTF-8, which is never longer; every other escape stays.</summary>
    private static int CopyEscape(ReadOnlySpan<byte> escape, Span<byte> target, out int read)
    {
        read = 2;
        if (escape[1] == 'u')
        {
            read = EscapeLength;
            var first = Unit(escape);
            if (char.IsHighSurrogate(first))
            {
                read = 2 * EscapeLength;
                return new Rune(first, Unit(escape[EscapeLength..])).EncodeToUtf8(target);
            }

            if (!char.IsAscii(first))
            {
                return new Rune(first).EncodeToUtf8(target);
            }
        }

        escape[..read].CopyTo(target);
        return read;
    }

    private static char Unit(ReadOnlySpan<byte> escape) => (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier);
}

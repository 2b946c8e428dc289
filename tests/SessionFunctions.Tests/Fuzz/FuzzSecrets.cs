using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sessions.Table;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>Every token and ticket that was ever handed out, to look for where none may be.</summary>
internal sealed class FuzzSecrets
{
    private const int Chars = 43;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    public void Add(string tokenOrTicket) => _texts.Add(tokenOrTicket[^Chars..]);

    public void UnionWith(FuzzSecrets others) => _texts.UnionWith(others._texts);

    /// <summary>Which of them stands in a text as a word of its own.</summary>
    public string? FoundIn(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Letters) is >= 0 and var start)
        {
            text = text[start..];
            var length = text.IndexOfAnyExcept(Letters) is >= 0 and var end ? end : text.Length;
            if (length == Chars && _texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var found))
            {
                return found;
            }

            text = text[length..];
        }

        return null;
    }

    /// <summary>The rows that have any of them, at any place, as text or as the bytes that the text stands for.</summary>
    public IReadOnlyList<string> RowsWithAny(IEnumerable<Row> rows)
    {
        var asBytes = _texts.Select(text => Encoding.Latin1.GetString(Base64Url.DecodeFromChars(text)));
        var any = SearchValues.Create([.. _texts, .. asBytes], StringComparison.Ordinal);
        return [.. rows.Where(row => row.Columns.Values.Append(row.Key).Any(value => Text(value).AsSpan().ContainsAny(any))).Select(row => $"{row.Partition}/{row.Key}")];
    }

    /// <summary>The lines that have any of them, or a hash of one.</summary>
    public IReadOnlyList<string> LinesWithAny(IEnumerable<string> lines)
    {
        var hashes = _texts.Select(text => SHA256.HashData(Base64Url.DecodeFromChars(text))).ToList();
        var any = SearchValues.Create(
            [.. _texts, .. hashes.Select(Convert.ToHexString), .. hashes.Select(hash => Convert.ToBase64String(hash))], StringComparison.OrdinalIgnoreCase);
        return [.. lines.Where(line => line.AsSpan().ContainsAny(any))];
    }

    private static string Text(object value) => value switch
    {
        byte[] bytes => Encoding.Latin1.GetString(bytes),
        var other => other.ToString() ?? "",
    };
}

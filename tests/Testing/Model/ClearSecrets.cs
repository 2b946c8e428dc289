using System.Buffers.Text;
using System.Text;
using Sessions.Table;

namespace SessionFunctions.Testing.Model;

/// <summary>Looks for secrets in rows, anywhere in key or column: as text, as that text's bytes, and as the bytes it stands for.</summary>
public sealed class ClearSecrets(IEnumerable<string> tokens)
{
    private const int TextLength = 43;
    private const int BytesLength = 32;

    private readonly HashSet<string> _texts = [.. tokens.Select(token => token.Split('.')[1])];
    private readonly HashSet<string> _bytes = [.. tokens.Select(it => Convert.ToHexString(Base64Url.DecodeFromChars(it.Split('.')[1])))];

    /// <summary>Where: partition, key and column.</summary>
    public IReadOnlyList<string> FoundIn(IEnumerable<Row> rows) =>
    [
        .. from row in rows
           from column in row.Columns.Append(new("the key", row.Key)).Append(new("the ETag", row.ETag))
           where IsIn(column.Value)
           select $"{row.Partition}/{row.Key} {column.Key}",
    ];

    private bool IsIn(object value) => value switch
    {
        string text => IsInText(text),
        byte[] bytes => IsInText(Encoding.Latin1.GetString(bytes)) || IsInBytes(bytes),
        _ => false,
    };

    private bool IsInText(string text) =>
        Enumerable.Range(0, Math.Max(0, text.Length - TextLength + 1)).Any(at => _texts.Contains(text.Substring(at, TextLength)));

    private bool IsInBytes(byte[] bytes) =>
        Enumerable.Range(0, Math.Max(0, bytes.Length - BytesLength + 1))
            .Any(at => _bytes.Contains(Convert.ToHexString(bytes, at, BytesLength)));
}

using Sessions.Table;

namespace Sessions.Rows;

/// <summary>Columns on their way into a row. A column holds 64 KiB, so a payload takes as many as it needs: name0, name1, …</summary>
internal sealed class RowColumns
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, object> Values => _values;

    public int PayloadBytes { get; private set; }

    /// <summary>A value that is null takes no column.</summary>
    public void Add(string name, object? value)
    {
        if (value is not null)
        {
            _values.Add(name, value);
        }
    }

    public void AddPayload(string name, byte[] payload)
    {
        PayloadBytes += payload.Length;
        for (var from = 0; from < payload.Length; from += TableLimits.ColumnBytes)
        {
            _values.Add($"{name}{from / TableLimits.ColumnBytes}", payload[from..Math.Min(payload.Length, from + TableLimits.ColumnBytes)]);
        }
    }

    /// <summary>The payload put together again; null where there is none of that name.</summary>
    public static byte[]? Payload(Row row, string name)
    {
        if (row.Bytes($"{name}0") is not { } first || first.Length < TableLimits.ColumnBytes)
        {
            return row.Bytes($"{name}0");
        }

        var payload = new List<byte>(first);
        for (var i = 1; row.Bytes($"{name}{i}") is { } chunk; i++)
        {
            payload.AddRange(chunk);
        }

        return [.. payload];
    }
}

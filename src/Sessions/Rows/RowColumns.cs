using Sessions.Table;

namespace Sessions.Rows;

/// <summary>Columns on their way into a row. A column holds 64 KiB, so a payload takes as many as it needs.</summary>
internal sealed class RowColumns
{
    /// <summary>Room for all that a session has, so that it needn't grow.</summary>
    private readonly Dictionary<string, object> _values = new(24, StringComparer.Ordinal);

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

    public void AddPayload(PayloadColumn column, byte[] payload)
    {
        PayloadBytes += payload.Length;
        if (payload.Length <= TableLimits.ColumnBytes)
        {
            _values.Add(column.First, payload); // by far the most
            return;
        }

        for (var from = 0; from < payload.Length; from += TableLimits.ColumnBytes)
        {
            _values.Add(
                column.Part(from / TableLimits.ColumnBytes),
                payload[from..Math.Min(payload.Length, from + TableLimits.ColumnBytes)]);
        }
    }

    /// <summary>The payload put together again; null where there is none of that name.</summary>
    public static byte[]? Payload(Row row, PayloadColumn column)
    {
        if (row.Bytes(column.First) is not { Length: >= TableLimits.ColumnBytes } first)
        {
            return row.Bytes(column.First);
        }

        var payload = new List<byte>(first);
        for (var i = 1; row.Bytes(column.Part(i)) is { } chunk; i++)
        {
            payload.AddRange(chunk);
        }

        return [.. payload];
    }
}

/// <summary>The columns that one payload takes: name0, name1, …</summary>
internal sealed record PayloadColumn(string Name)
{
    public string First { get; } = $"{Name}0";

    public string Part(int n) => n == 0 ? First : $"{Name}{n}";
}

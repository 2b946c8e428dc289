namespace Sessions.Table;

/// <summary>A row as read. Column values are string, bool, int, long, byte[] or DateTimeOffset.</summary>
public sealed record Row(string Partition, string Key, IReadOnlyDictionary<string, object> Columns, string ETag)
{
    public string? Text(string column) => Columns.GetValueOrDefault(column) as string;

    public byte[]? Bytes(string column) => Columns.GetValueOrDefault(column) as byte[];

    public DateTimeOffset? Time(string column) => Columns.TryGetValue(column, out var value) ? (DateTimeOffset)value : null;

    public long? Number(string column) => Columns.TryGetValue(column, out var value) ? (long)value : null;

    public bool Flag(string column) => Columns.GetValueOrDefault(column) is true;
}

using System.Collections.Frozen;

namespace Sessions.Table;

/// <summary>Operations on rows of one partition, each row once, that happen together or not at all.</summary>
public sealed class RowBatch(string partition)
{
    private static readonly FrozenDictionary<string, object> NoColumns = FrozenDictionary<string, object>.Empty;

    private readonly List<RowOperation> _operations = [];

    public string Partition { get; } = partition;

    public IReadOnlyList<RowOperation> Operations => _operations;

    /// <summary>Refused where the row exists.</summary>
    public RowBatch Insert(string key, IReadOnlyDictionary<string, object> columns) => Add(new(RowAction.Insert, key, columns, null));

    /// <summary>
    /// Leaves columns that aren't named as they are. Refused where the row is missing or has another ETag; null: any ETag.
    /// </summary>
    public RowBatch Merge(string key, IReadOnlyDictionary<string, object> columns, string? etag) => Add(new(RowAction.Merge, key, columns, etag));

    /// <summary>Removes columns that aren't named. Refused where the row is missing or has another ETag; null: any ETag.</summary>
    public RowBatch Replace(string key, IReadOnlyDictionary<string, object> columns, string? etag) => Add(new(RowAction.Replace, key, columns, etag));

    /// <summary>Refused where the row is missing or has another ETag; null: any ETag.</summary>
    public RowBatch Delete(string key, string? etag = null) => Add(new(RowAction.Delete, key, NoColumns, etag));

    /// <summary>The same without what it does to these rows.</summary>
    public RowBatch Without(IReadOnlySet<string> keys)
    {
        var rest = new RowBatch(Partition);
        rest._operations.AddRange(_operations.Where(operation => !keys.Contains(operation.Key)));
        return rest;
    }

    private RowBatch Add(RowOperation operation)
    {
        _operations.Add(operation);
        return this;
    }
}

/// <param name="Action">What is done.</param>
/// <param name="Key">To which row.</param>
/// <param name="Columns">Nobody changes them any more.</param>
/// <param name="ETag">What the row must have; null: any.</param>
public sealed record RowOperation(RowAction Action, string Key, IReadOnlyDictionary<string, object> Columns, string? ETag);

public enum RowAction
{
    Insert,
    Merge,
    Replace,
    Delete,
}

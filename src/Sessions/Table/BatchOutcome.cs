namespace Sessions.Table;

/// <summary>What became of a batch.</summary>
public sealed class BatchOutcome
{
    private readonly IReadOnlyList<string?> _etags;

    private BatchOutcome(IReadOnlyList<string?> etags, RowConflict? conflict, int index) =>
        (_etags, Conflict, Index) = (etags, conflict, index);

    /// <summary>Null where the batch was carried out.</summary>
    public RowConflict? Conflict { get; }

    /// <summary>Which operation couldn't be carried out.</summary>
    public int Index { get; }

    public static BatchOutcome Applied(IReadOnlyList<string?> etags) => new(etags, null, -1);

    public static BatchOutcome Refused(int index, RowConflict conflict) => new([], conflict, index);

    /// <summary>The row's ETag after the operation at that place.</summary>
    public string ETag(int index) => _etags[index] ?? throw new InvalidOperationException($"Operation {index} left no row.");
}

public enum RowConflict
{
    /// <summary>The row to insert is there already.</summary>
    Exists,

    /// <summary>The row to change or delete isn't there.</summary>
    Missing,

    /// <summary>The row has changed since it was read.</summary>
    Changed,
}

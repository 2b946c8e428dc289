namespace Sessions.Rows;

/// <summary>Whether the table can be used.</summary>
public sealed class TableReadiness
{
    private readonly KnownTable _table;

    internal TableReadiness(KnownTable table) => _table = table;

    /// <summary>One round trip, which all share who ask meanwhile.</summary>
    /// <exception cref="StorageUnavailableException">It can't be reached.</exception>
    /// <exception cref="TableMismatchException">It was made with other settings.</exception>
    public Task CheckAsync(CancellationToken cancellation) => _table.RefreshAsync(cancellation);
}

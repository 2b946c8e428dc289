using Sessions.Table;

namespace Sessions.Rows;

/// <summary>Whether the table can be used.</summary>
public sealed class TableReadiness(ITable table)
{
    /// <summary>One round trip.</summary>
    /// <exception cref="StorageUnavailableException">It can't.</exception>
    public Task CheckAsync(CancellationToken cancellation) => table.PingAsync(cancellation);
}

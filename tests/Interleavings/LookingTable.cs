using Sessions.Table;

namespace Interleavings;

/// <summary>A table that shows now one state and now another, so that one world can look at several.</summary>
internal sealed class LookingTable(ITable shown) : ITable
{
    private ITable _shown = shown;

    public void Show(ITable table) => _shown = table;

    public Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation) => _shown.FindAsync(partition, key, cancellation);

    public IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, CancellationToken cancellation) => _shown.RangeAsync(range, cancellation);

    public Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation) => _shown.SubmitAsync(batch, cancellation);
}

using Sessions.Table;

namespace SessionFunctions.Testing;

/// <summary>Counts the rows that batches write.</summary>
public sealed class RowCounter(ITable inner) : ITable
{
    public int Written { get; private set; }

    public void Reset() => Written = 0;

    public Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation) => inner.FindAsync(partition, key, cancellation);

    public IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, CancellationToken cancellation) => inner.RangeAsync(range, cancellation);

    public Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
    {
        Written += batch.Operations.Count;
        return inner.SubmitAsync(batch, cancellation);
    }
}

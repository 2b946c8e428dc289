using Sessions.Table;

namespace SessionFunctions.Testing;

/// <summary>A table that is another one but for what a test changes.</summary>
public abstract class TableOver(ITable inner) : ITable
{
    protected virtual ITable Inner { get; set; } = inner;

    public virtual Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation) =>
        Inner.FindAsync(partition, key, cancellation);

    public virtual IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, CancellationToken cancellation) =>
        Inner.RangeAsync(range, cancellation);

    public virtual Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation) => Inner.SubmitAsync(batch, cancellation);
}

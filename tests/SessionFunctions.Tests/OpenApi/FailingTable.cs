using Sessions.Table;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>A table that works until it is told not to.</summary>
internal sealed class FailingTable : ITable
{
    private readonly MemoryTable _inner = new();

    /// <summary>What every call fails with from now on.</summary>
    public Func<Exception>? Fault { get; set; }

    private MemoryTable Inner => Fault is null ? _inner : throw Fault();

    public Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation) => Inner.FindAsync(partition, key, cancellation);

    public IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, CancellationToken cancellation) => Inner.RangeAsync(range, cancellation);

    public Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation) => Inner.SubmitAsync(batch, cancellation);
}

using System.Runtime.CompilerServices;
using Sessions.Table;

namespace SessionFunctions.Testing;

/// <summary>A table whose own row, the one with the mark, is answered for by the test.</summary>
public sealed class OwnRowTable(ITable inner) : ITable
{
    private TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reads;

    /// <summary>What a read of the row gives in place of the row; null: the row.</summary>
    public Func<Task<Row?>>? Answer { get; set; }

    /// <summary>Completes once the row is read.</summary>
    public Task NextRead => _read.Task;

    public int Reads => _reads;

    public async Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation)
    {
        if (!key.StartsWith("m:", StringComparison.Ordinal))
        {
            return await inner.FindAsync(partition, key, cancellation);
        }

        Interlocked.Increment(ref _reads);
        Interlocked.Exchange(ref _read, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return await (Answer?.Invoke() ?? inner.FindAsync(partition, key, cancellation));
    }

    public async IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var page in inner.RangeAsync(range, cancellation))
        {
            yield return page;
        }
    }

    public Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation) => inner.SubmitAsync(batch, cancellation);
}

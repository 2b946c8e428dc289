using Sessions.Table;

namespace SessionFunctions.Testing;

/// <summary>A table whose own row, the one with the mark, is answered for by the test.</summary>
public sealed class OwnRowTable(ITable inner) : TableOver(inner)
{
    private TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reads;

    /// <summary>What a read of the row gives in place of the row; null: the row.</summary>
    public Func<Task<Row?>>? Answer { get; set; }

    /// <summary>Completes once the row is read.</summary>
    public Task NextRead => _read.Task;

    public int Reads => _reads;

    public override async Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation)
    {
        if (!key.StartsWith("m:", StringComparison.Ordinal))
        {
            return await base.FindAsync(partition, key, cancellation);
        }

        Interlocked.Increment(ref _reads);
        Interlocked.Exchange(ref _read, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return await (Answer?.Invoke() ?? base.FindAsync(partition, key, cancellation));
    }
}

using System.Runtime.CompilerServices;
using Sessions.Table;

namespace SessionFunctions.Testing;

/// <summary>A table whose process dies after so many calls: what was sent before that stays, nothing after it happens.</summary>
public sealed class CrashingTable(ITable inner) : ITable
{
    private int _callsLeft = int.MaxValue;

    public int Calls { get; private set; }

    public void DieAfter(int calls) => _callsLeft = calls;

    public void Revive()
    {
        _callsLeft = int.MaxValue;
        Calls = 0;
    }

    public async Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation)
    {
        Live();
        return await inner.FindAsync(partition, key, cancellation);
    }

    public async IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Live();
        await foreach (var page in inner.RangeAsync(range, cancellation))
        {
            yield return page;
        }
    }

    public async Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
    {
        Live();
        return await inner.SubmitAsync(batch, cancellation);
    }

    public Task PingAsync(CancellationToken cancellation) => inner.PingAsync(cancellation);

    private void Live()
    {
        if (_callsLeft-- <= 0)
        {
            throw new ProcessDiedException();
        }

        Calls++;
    }
}

public sealed class ProcessDiedException : Exception
{
    public ProcessDiedException()
        : base("The process died here.")
    {
    }

    public ProcessDiedException(string message)
        : base(message)
    {
    }

    public ProcessDiedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

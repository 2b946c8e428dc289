using System.Runtime.CompilerServices;
using Sessions.Table;

namespace SessionFunctions.Testing;

/// <summary>A table as far away as a real one: each call takes a while, be it short, in which others come in between.</summary>
public sealed class SlowTable(ITable inner, TimeSpan latency) : ITable
{
    public async Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation)
    {
        await TravelAsync();
        return await inner.FindAsync(partition, key, cancellation);
    }

    public async IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await TravelAsync();
        await foreach (var page in inner.RangeAsync(range, cancellation))
        {
            yield return page;
        }
    }

    public async Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
    {
        await TravelAsync();
        return await inner.SubmitAsync(batch, cancellation);
    }

    private async Task TravelAsync()
    {
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency);
        }

        // Not always the same: callers in step would lose to each other every time.
        for (var turns = Random.Shared.Next(1, 4); turns > 0; turns--)
        {
            await Task.Yield();
        }
    }
}

using System.Runtime.CompilerServices;
using Sessions.Table;

namespace SessionFunctions.Testing;

/// <summary>A table between whose calls a test can make things happen, and fail.</summary>
public class InterruptedTable(ITable inner) : ITable
{
    /// <summary>Done once, before the next batch is sent.</summary>
    public Func<Task>? BeforeNextSubmit { get; set; }

    /// <summary>Done before each page of a range is asked for.</summary>
    public Action? BeforeEachRange { get; set; }

    /// <summary>Whether the next batch is carried out, but its answer lost and the batch sent again, as the client's retries do.</summary>
    public bool LoseNextAnswer { get; set; }

    /// <summary>Done once, after a lost answer and before the retry.</summary>
    public Func<Task>? BeforeRetry { get; set; }

    public Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation)
    {
        BeforeEachCall();
        return inner.FindAsync(partition, key, cancellation);
    }

    public async IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        BeforeEachCall();
        BeforeEachRange?.Invoke();
        await foreach (var page in inner.RangeAsync(range, cancellation))
        {
            yield return page;
        }
    }

    public async Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
    {
        BeforeEachCall();
        if (BeforeNextSubmit is { } before)
        {
            BeforeNextSubmit = null;
            await before();
        }

        if (LoseNextAnswer)
        {
            LoseNextAnswer = false;
            await inner.SubmitAsync(batch, cancellation);
            if (BeforeRetry is { } between)
            {
                BeforeRetry = null;
                await between();
            }
        }

        return await inner.SubmitAsync(batch, cancellation);
    }

    protected virtual void BeforeEachCall()
    {
    }
}

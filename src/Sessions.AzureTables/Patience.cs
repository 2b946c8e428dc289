namespace Sessions.AzureTables;

/// <summary>
/// How long a call at the table may take, all its requests and the waits between them included. Somebody waits for the answer, and
/// whatever hangs beneath (a partition, a connection, a token) isn't allowed to hang them too.
/// </summary>
internal sealed class Patience : IDisposable
{
    /// <summary>Leaves a second for the rest of a caller's 5.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;

    public Patience(TimeProvider time, CancellationToken caller)
    {
        _source = new CancellationTokenSource(Limit, time);
        _caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>Signalled when the time is up or the caller gives up.</summary>
    public CancellationToken Token => _source.Token;

    public void StartAgain() => _source.CancelAfter(Limit);

    public void Pause() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _caller.Dispose(); // waits for a cancellation that is under way
        _source.Dispose();
    }
}

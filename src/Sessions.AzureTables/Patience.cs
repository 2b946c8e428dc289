namespace Sessions.AzureTables;

/// <summary>
/// How long a call at the table may take, all its requests and the waits between them included. Somebody waits for the answer, and
/// whatever hangs beneath (a partition, a connection, a token) isn't allowed to hang them too.
/// </summary>
internal sealed class Patience : IDisposable
{
    /// <summary>Leaves a second for the rest of a caller's 5.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _time;
    private readonly CancellationTokenSource _either;

    public Patience(TimeProvider time, CancellationToken caller)
    {
        _time = new CancellationTokenSource(Limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _time.Token);
    }

    /// <summary>Signalled when the time is up or the caller gives up.</summary>
    public CancellationToken Token => _either.Token;

    public void StartAgain() => _time.CancelAfter(Limit);

    public void Pause() => _time.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either.Dispose();
        _time.Dispose();
    }
}

namespace Sessions.Rows;

/// <summary>
/// The mark that ends every session born before a moment. Each instance holds it in memory and looks again once it is
/// <see cref="MaxAge"/> old, so a new mark is honoured everywhere within that time; within a minute where it can't be read.
/// </summary>
public sealed class NotBeforeMark
{
    public static readonly TimeSpan MaxAge = KnownTable.MaxAge;

    /// <summary>How far instances' clocks may be ahead of the one that sets the mark.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(5);

    private readonly KnownTable _table;

    internal NotBeforeMark(KnownTable table) => _table = table;

    /// <summary>How long ago a call needed the mark, or this instance started.</summary>
    public TimeSpan SinceLastAsked => _table.SinceLastAsked;

    /// <summary>Sessions born at this moment or earlier are over.</summary>
    public ValueTask<DateTimeOffset> GetAsync(CancellationToken cancellation)
    {
        var state = _table.GetAsync(cancellation);
        return state.IsCompletedSuccessfully ? new(state.Result.NotBefore) : AwaitAsync(state);

        static async ValueTask<DateTimeOffset> AwaitAsync(ValueTask<TableState> state) => (await state).NotBefore;
    }

    /// <summary>When a session is born that begins now: after the mark, which may be ahead of the clock.</summary>
    public async ValueTask<DateTimeOffset> BornAtAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var mark = await GetAsync(cancellation);
        return now > mark ? now : mark + TimeSpan.FromMilliseconds(1);
    }

    /// <summary>Reads the mark ahead of need, so that no call has to wait for it.</summary>
    public Task RefreshAsync(CancellationToken cancellation) => _table.RefreshAsync(cancellation);

    /// <summary>Ends every session born up to now, also by a clock that is ahead. Returns the mark.</summary>
    public Task<DateTimeOffset> SetAsync(DateTimeOffset now, CancellationToken cancellation) => _table.MoveMarkAsync(now + Ahead, cancellation);
}

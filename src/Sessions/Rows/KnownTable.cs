namespace Sessions.Rows;

/// <summary>
/// What the table's own row said when it was last read. One reading at a time, which belongs to no caller and is shared by all. A reading
/// that fails, for whatever reason, leaves what is known in force until that is <see cref="MaxTrust"/> old.
/// </summary>
internal sealed class KnownTable(TableRow row, TimeProvider time)
{
    /// <summary>What is younger isn't read again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    /// <summary>What is older isn't used any more.</summary>
    public static readonly TimeSpan MaxTrust = TimeSpan.FromSeconds(60);

    /// <summary>How long a reading may keep calls waiting that could use what is known.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(4);

    private readonly Lock _lock = new();
    private volatile Known? _known;
    private Reading? _reading;
    private long _lastAsked = time.GetTimestamp();

    /// <summary>How long ago a call needed it, or this instance started.</summary>
    public TimeSpan SinceLastAsked => time.GetElapsedTime(Interlocked.Read(ref _lastAsked));

    /// <exception cref="StorageUnavailableException">Nothing is known, or what is known is too old.</exception>
    /// <exception cref="TableMismatchException">The app's settings don't fit the table.</exception>
    public ValueTask<TableState> GetAsync(CancellationToken cancellation)
    {
        Interlocked.Exchange(ref _lastAsked, time.GetTimestamp());
        return NoOlderThan(MaxAge) is { } fresh ? new(fresh) : ReadAndGetAsync(cancellation);
    }

    private async ValueTask<TableState> ReadAndGetAsync(CancellationToken cancellation)
    {
        var reading = Read();
        if (NoOlderThan(MaxTrust) is not null)
        {
            await WaitALittleAsync(reading, cancellation);
            if (NoOlderThan(MaxTrust) is { } known)
            {
                return known;
            }
        }

        var failure = await reading.Done.WaitAsync(cancellation);
        return NoOlderThan(MaxTrust) ?? throw Failed(failure);
    }

    /// <summary>Reads it now, or waits for the reading that is under way.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        if (await Read().Done.WaitAsync(cancellation) is { } failure)
        {
            throw Failed(failure);
        }
    }

    /// <summary>Moves the mark on, and honours it here at once.</summary>
    public async Task<DateTimeOffset> MoveMarkAsync(DateTimeOffset atLeast, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var state = await row.MoveMarkAsync(atLeast, cancellation);
        Take(state, began);
        return state.NotBefore;
    }

    private TableState? NoOlderThan(TimeSpan age) => _known is { } known && time.GetElapsedTime(known.ReadAt) < age ? known.State : null;

    private Reading Read()
    {
        lock (_lock)
        {
            if (_reading is null or { Done.IsCompleted: true })
            {
                var began = time.GetTimestamp(); // before the read: what it finds may be as old as that
                _reading = new Reading(began, ReadAsync(began));
            }

            return _reading;
        }
    }

    /// <summary>What it failed for; null where it didn't. It never throws: perhaps nobody is left to catch.</summary>
    private async Task<Exception?> ReadAsync(long began)
    {
        using var limit = new CancellationTokenSource(LongestReading, time);
        try
        {
            Take(await row.ReadAsync(limit.Token).WaitAsync(limit.Token), began);
            return null;
        }
        catch (TableMismatchException e)
        {
            _known = null; // an answer, and not a failure: it counts at once
            return e;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>A mark never moves back, whichever of two readings ends first.</summary>
    private void Take(TableState state, long readAt)
    {
        lock (_lock)
        {
            var (newer, other) = _known is { } known && known.ReadAt > readAt ? (known, state) : (new Known(state, readAt), _known?.State);
            _known = other?.NotBefore > newer.State.NotBefore ? newer with { State = newer.State with { NotBefore = other.NotBefore } } : newer;
        }
    }

    /// <summary>Counted from where the reading began: it keeps no call waiting that comes later.</summary>
    private async Task WaitALittleAsync(Reading reading, CancellationToken cancellation)
    {
        var left = Patience - time.GetElapsedTime(reading.Began);
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await reading.Done.WaitAsync(left, time, cancellation);
        }
        catch (TimeoutException)
        {
            // It goes on; what is known will do.
        }
    }

    private static Exception Failed(Exception? failure) => failure is TableMismatchException
        ? new TableMismatchException(failure.Message, failure)
        : new StorageUnavailableException("The table's own row couldn't be read.", failure!);

    private sealed record Known(TableState State, long ReadAt);

    private sealed record Reading(long Began, Task<Exception?> Done);
}

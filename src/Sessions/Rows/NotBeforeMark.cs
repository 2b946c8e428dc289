using Sessions.Table;

namespace Sessions.Rows;

/// <summary>
/// The mark that ends every session born before a moment. Each instance holds it in memory and looks again once it is
/// <see cref="MaxAge"/> old, so a new mark is honoured everywhere within that time.
/// </summary>
public sealed class NotBeforeMark(ITable table, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private const string Column = "time";
    private static readonly string MarkShard = Shard.All(1).First().ToString();

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Known? _known;

    private long _lastAsked = time.GetTimestamp();

    /// <summary>How long ago a call needed the mark, or this instance started.</summary>
    public TimeSpan SinceLastAsked => time.GetElapsedTime(Interlocked.Read(ref _lastAsked));

    /// <summary>Sessions born at this moment or earlier are over.</summary>
    public async ValueTask<DateTimeOffset> GetAsync(CancellationToken cancellation)
    {
        Interlocked.Exchange(ref _lastAsked, time.GetTimestamp());
        if (Fresh() is { } fresh)
        {
            return fresh.Mark;
        }

        await _reading.WaitAsync(cancellation);
        try
        {
            return (Fresh() ?? await ReadAsync(cancellation)).Mark;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads the mark ahead of need, so that no call has to wait for it.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            await ReadAsync(cancellation);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Ends every session born up to now.</summary>
    public async Task SetAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var columns = new Dictionary<string, object>(StringComparer.Ordinal) { [Column] = now };
        while (true)
        {
            var row = await table.FindAsync(MarkShard, RowKeys.NotBefore, cancellation);
            if (row?.Time(Column) >= now)
            {
                break;
            }

            var batch = new RowBatch(MarkShard);
            batch = row is null ? batch.Insert(RowKeys.NotBefore, columns) : batch.Replace(RowKeys.NotBefore, columns, row.ETag);
            if ((await table.SubmitAsync(batch, cancellation)).Conflict is null)
            {
                break;
            }
        }

        await RefreshAsync(cancellation);
    }

    public void Dispose() => _reading.Dispose();

    private Known? Fresh() => _known is { } known && time.GetElapsedTime(known.ReadAt) < MaxAge ? known : null;

    private async Task<Known> ReadAsync(CancellationToken cancellation)
    {
        var readAt = time.GetTimestamp(); // before the read: what it finds may be as old as that
        var row = await table.FindAsync(MarkShard, RowKeys.NotBefore, cancellation);
        return _known = new Known(row?.Time(Column) ?? DateTimeOffset.MinValue, readAt);
    }

    private sealed record Known(DateTimeOffset Mark, long ReadAt);
}

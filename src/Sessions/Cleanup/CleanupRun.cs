using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Table;

namespace Sessions.Cleanup;

/// <summary>
/// Removes what has expired. It reads the index rows that are due and never a session; a session renewed meanwhile has lost that index row,
/// so the batch that would sweep it doesn't happen. Only housekeeping: a session is over when its time has come, swept or not.
/// </summary>
public sealed class CleanupRun(ITable table, IOptions<SessionOptions> options, TimeProvider time, ILogger<CleanupRun> log)
{
    private readonly SessionOptions _options = options.Value;

    /// <summary>Where the next run begins. Any start is right; one that goes on is fair to the shards at the end.</summary>
    private int _start = Random.Shared.Next(Shard.MaxCount);

    /// <summary>Shards swept side by side: enough to hide the storage's latency, few enough to leave its throughput to the users.</summary>
    public int Parallelism { get; init; } = 8;

    public async Task<CleanupReport> RunAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var shards = Shard.All(_options.Shards).ToArray();
        var first = _start % shards.Length;
        var waiting = new ConcurrentQueue<Shard>([.. shards[first..], .. shards[..first]]);
        var stopped = false;
        var reports = await Task.WhenAll(Enumerable.Range(0, Parallelism).Select(_ => SweepAsync()));

        var report = reports.Aggregate((a, b) => a + b);
        report = report with { Complete = report.Shards == shards.Length };
        _start = (first + shards.Length - waiting.Count) % shards.Length;
        log.Swept(report.Swept, report.Renewed, report.Unknown, report.Shards, (long)time.GetElapsedTime(began).TotalMilliseconds, report.Complete);
        return report;

        bool OutOfTime() => time.GetElapsedTime(began) > _options.CleanupBudget;

        async Task<CleanupReport> SweepAsync()
        {
            var swept = new CleanupReport();
            while (!stopped && !OutOfTime() && waiting.TryDequeue(out var shard))
            {
                try
                {
                    swept += await new ShardCleanup(table, shard, OutOfTime).RunAsync(time.Now(), cancellation);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // One bad shard must not keep the others from being swept; a storage that is down would fail them all.
                    log.SweepFailed(e, shard);
                    stopped = e is StorageUnavailableException;
                }
            }

            return swept;
        }
    }
}

/// <summary>What a run did.</summary>
public sealed record CleanupReport
{
    /// <summary>Index rows removed with what they stood for.</summary>
    public int Swept { get; init; }

    /// <summary>Found due, but renewed or removed by somebody else before they could be swept.</summary>
    public int Renewed { get; init; }

    /// <summary>Index rows that aren't in a form we know; they are left alone.</summary>
    public int Unknown { get; init; }

    /// <summary>Shards finished.</summary>
    public int Shards { get; init; }

    /// <summary>Whether every shard was finished within the time budget.</summary>
    public bool Complete { get; init; }

    public static CleanupReport operator +(CleanupReport a, CleanupReport b) =>
        a with { Swept = a.Swept + b.Swept, Renewed = a.Renewed + b.Renewed, Unknown = a.Unknown + b.Unknown, Shards = a.Shards + b.Shards };
}

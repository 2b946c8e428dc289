using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;

namespace Sessions.Cleanup;

/// <summary>
/// Removes what has expired. It reads the index rows that are due and never a session; a session renewed meanwhile has lost that index row,
/// so the batch that would delete it doesn't happen. Only housekeeping: a session is over when its time has come, cleaned up or not.
/// </summary>
public sealed class CleanupRun
{
    /// <summary>
    /// Shards cleaned side by side: enough to hide the storage's latency, few enough to leave its throughput to the users.
    /// </summary>
    private const int Lanes = 8;

    private readonly DueRows _due;
    private readonly int _shards;
    private readonly TimeSpan _budget;
    private readonly TimeProvider _time;
    private readonly ILogger<CleanupRun> _log;

    /// <summary>Where the next run begins. Any start is right; one that goes on is fair to the shards at the end.</summary>
    private int _start = Random.Shared.Next(Shard.MaxCount);

    internal CleanupRun(DueRows due, IOptions<RowsOptions> rows, IOptions<CleanupOptions> options, TimeProvider time, ILogger<CleanupRun> log) =>
        (_due, _shards, _budget, _time, _log) = (due, rows.Value.Shards, options.Value.CleanupBudget, time, log);

    public async Task<CleanupReport> RunAsync(CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        var shards = Shard.All(_shards).ToArray();
        var first = _start % shards.Length;
        var waiting = new ConcurrentQueue<Shard>([.. shards[first..], .. shards[..first]]);
        var stopped = false;
        var reports = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => CleanAsync()));

        var report = reports.Aggregate((a, b) => a + b);
        report = report with { Complete = report.Shards == shards.Length };
        _start = (first + shards.Length - waiting.Count) % shards.Length;
        var took = (long)_time.GetElapsedTime(began).TotalMilliseconds;
        _log.CleanedUp(report.Deleted, report.Renewed, report.Unknown, report.Shards, took, report.Complete);
        return report;

        bool OutOfTime() => _time.GetElapsedTime(began) > _budget;

        async Task<CleanupReport> CleanAsync()
        {
            var done = new CleanupReport();
            while (!stopped && !OutOfTime() && waiting.TryDequeue(out var shard))
            {
                try
                {
                    done += await new ShardCleanup(_due, shard, OutOfTime).RunAsync(_time.Now(), cancellation);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // One bad shard must not keep the others from being cleaned; a storage that is down would fail them all.
                    _log.CleanupFailed(e, shard);
                    stopped = e is StorageUnavailableException;
                }
            }

            return done;
        }
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Storage;

namespace Sessions;

/// <summary>
/// Removes what has expired. It reads the index rows that are due and never a session; a session renewed meanwhile has lost that index row,
/// so the batch that would sweep it doesn't happen. Only housekeeping: a session is over when its time has come, swept or not.
/// </summary>
public sealed class Sweeper(ITable table, IOptions<SessionOptions> options, TimeProvider time, ILogger<Sweeper> log)
{
    private readonly SessionOptions _options = options.Value;

    /// <summary>Where the next run begins. Any start is right; one that goes on is fair to the shards at the end.</summary>
    private int _start = Random.Shared.Next(Shard.MaxCount);

    public async Task<SweepReport> RunAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var shards = Shard.All(_options.Shards).ToArray();
        var report = new SweepReport();
        var first = _start % shards.Length;
        foreach (var shard in shards[first..].Concat(shards[..first]))
        {
            try
            {
                report += await new ShardSweep(table, shard, OutOfTime).RunAsync(time.Now(), cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.SweepFailed(e, shard);
                if (e is StorageUnavailableException)
                {
                    break;
                }
            }

            if (OutOfTime())
            {
                break;
            }
        }

        _start = (first + report.Shards) % shards.Length;
        report = report with { Complete = report.Shards == shards.Length };
        log.Swept(report.Swept, report.Renewed, report.Unknown, report.Shards, (long)time.GetElapsedTime(began).TotalMilliseconds, report.Complete);
        return report;

        bool OutOfTime() => time.GetElapsedTime(began) > _options.SweepBudget;
    }
}

/// <summary>What a run did.</summary>
public sealed record SweepReport
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

    public static SweepReport operator +(SweepReport a, SweepReport b) =>
        a with { Swept = a.Swept + b.Swept, Renewed = a.Renewed + b.Renewed, Unknown = a.Unknown + b.Unknown, Shards = a.Shards + b.Shards };
}

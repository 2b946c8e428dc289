using Interleavings;
using SessionFunctions.Testing;
using Sessions.AzureTables.Tests.Faults;
using Sessions.Table;

namespace Sessions.AzureTables.Tests;

/// <summary>
/// The explorer's scenarios on Azurite, where an answer gets lost below the client's own retries, and what the client sends then arrives
/// when the schedule says so. Fewer than in memory: each schedule takes a table of its own. SESSIONS_LONG=1 plays 5,000.
/// </summary>
public sealed class InterleavingTests
{
    private static readonly int Schedules = Environment.GetEnvironmentVariable("SESSIONS_LONG") == "1" ? 5_000 : 120;

    [Fact]
    public async Task No_schedule_breaks_a_promise()
    {
        var (explorer, scenarios) = (new Explorer(), await Scenario.AllAsync());
        var first = (ulong)Random.Shared.NextInt64();
        for (var n = 0; n < Schedules; n++)
        {
            var scenario = scenarios[Random.Shared.Next(scenarios.Count)]; // neighbours are alike
            explorer.PlaySample(scenario, first + (ulong)n, await AzuriteStage.MakeAsync(scenario.Scene));
        }

        Assert.True(explorer.Violations.Count == 0, string.Join(Environment.NewLine, explorer.Violations));
        Assert.Equal(Schedules, explorer.Played);
    }

    private sealed class AzuriteStage : Stage
    {
        private static readonly string[] Partitions = ["00", "01", "table"];

        /// <summary>Of the call that is being made now: it goes with it, to the client's requests.</summary>
        private readonly AsyncLocal<HeldRetry?> _retry = new();

        /// <summary>However long a schedule holds a request up, the call doesn't run out of time.</summary>
        private readonly FaultyAzuriteTable _table = new(time: new TestClock());

        private AzuriteStage() => _table.Decide = _ => _retry.Value?.Next() ?? Fault.None;

        public override ITable Table => _table;

        public static async Task<AzuriteStage> MakeAsync(Scene scene)
        {
            var stage = new AzuriteStage();
            foreach (var partition in (await AllAsync(scene.Rows())).GroupBy(row => row.Partition))
            {
                var batch = new RowBatch(partition.Key);
                foreach (var row in partition)
                {
                    batch.Insert(row.Key, row.Columns);
                }

                Assert.Null((await stage._table.SubmitAsync(batch, default)).Conflict);
            }

            return stage;
        }

        /// <summary>The client sends it again by itself; the schedule says when that arrives.</summary>
        public override Func<Task<T>> LoseAnswer<T>(Func<Task<T>> call)
        {
            var retry = new HeldRetry();
            _retry.Value = retry;
            var answer = call();
            _retry.Value = null;
            _ = Task.WhenAny(answer, retry.Begun).GetAwaiter().GetResult();
            return () =>
            {
                retry.Release();
                return answer;
            };
        }

        public override MemoryTable Rows() => Task.Run(CopyAsync).GetAwaiter().GetResult();

        public override IReadOnlyList<string> Keys() =>
            Task.Run(async () => await KeysAsync(_table).Select(row => row.Key).ToListAsync()).GetAwaiter().GetResult();

        private async Task<MemoryTable> CopyAsync()
        {
            var copy = new MemoryTable();
            foreach (var row in await AllAsync(_table))
            {
                await copy.SubmitAsync(new RowBatch(row.Partition).Insert(row.Key, row.Columns), default);
            }

            return copy;
        }

        private static async Task<List<Row>> AllAsync(ITable table)
        {
            var rows = new List<Row>();
            await foreach (var row in KeysAsync(table))
            {
                rows.Add((await table.FindAsync(row.Partition, row.Key, default))!);
            }

            return rows;
        }

        private static async IAsyncEnumerable<Row> KeysAsync(ITable table)
        {
            foreach (var partition in Partitions)
            {
                await foreach (var page in table.RangeAsync(new RowRange(partition, "0", "~", []), default))
                {
                    foreach (var row in page)
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    /// <summary>A call's first answer is lost; what the client sends after it waits.</summary>
    private sealed class HeldRetry
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _requests;

        public Task Begun => _begun.Task;

        public Fault Next()
        {
            if (Interlocked.Increment(ref _requests) == 1)
            {
                return Fault.LostAnswer;
            }

            _begun.TrySetResult();
            return Fault.None.After(_released.Task);
        }

        public void Release() => _released.TrySetResult();
    }
}

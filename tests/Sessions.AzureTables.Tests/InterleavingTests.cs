using Interleavings;
using Sessions.AzureTables.Tests.Faults;
using Sessions.Table;

namespace Sessions.AzureTables.Tests;

/// <summary>
/// The explorer's scenarios on Azurite, and the answers that get lost do so below the client's own retries. Fewer than in memory: each
/// schedule takes a table of its own. SESSIONS_LONG=1 plays 5,000.
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
            var scenario = scenarios[(int)((first + (ulong)n) % (ulong)scenarios.Count)];
            explorer.PlaySample(scenario, first + (ulong)n, await AzuriteStage.MakeAsync(scenario.Scene));
        }

        Assert.Empty(explorer.Violations.Select(violation => violation.ToString()));
        Assert.Equal(Schedules, explorer.Played);
    }

    private sealed class AzuriteStage : Stage
    {
        private readonly FaultyAzuriteTable _table = new();

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

        public override bool LoseNextAnswer()
        {
            _table.Once(Fault.LostAnswer);
            return true;
        }

        public override MemoryTable Rows() => Task.Run(CopyAsync).GetAwaiter().GetResult();

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
            foreach (var partition in new[] { "00", "01", "table" })
            {
                await foreach (var page in table.RangeAsync(new RowRange(partition, "0", "~", []), default))
                {
                    foreach (var row in page)
                    {
                        rows.Add((await table.FindAsync(partition, row.Key, default))!);
                    }
                }
            }

            return rows;
        }
    }
}

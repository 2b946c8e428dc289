using System.Diagnostics;
using System.Globalization;
using SessionFunctions.Testing.Model.Faults;
using Sessions.Table;

namespace Sessions.Tests;

/// <summary>
/// Random calls of which 13 % of the requests to the table go wrong, against a plain model. SESSIONS_LONG=1 makes it ten times as many,
/// SESSIONS_SEED chooses others, and SESSIONS_INSERTS_AGAIN=1 adds a fault that is known to break a promise.
/// </summary>
public sealed class FaultyRunTests(ITestOutputHelper output)
{
    /// <summary>On one table, before the next begins on a fresh one: a failure is near the beginning of what its seed repeats.</summary>
    private const int OperationsOfRun = 2000;

    private static readonly FaultyRunOptions Options =
        new(OperationsOfRun, Share: 0.13, Environment.GetEnvironmentVariable("SESSIONS_INSERTS_AGAIN") == "1");

    private static readonly int Runs = Environment.GetEnvironmentVariable("SESSIONS_LONG") == "1" ? 100 : 10;

    private static readonly int FirstSeed =
        int.Parse(Environment.GetEnvironmentVariable("SESSIONS_SEED") ?? "20300101", CultureInfo.InvariantCulture);

    /// <summary>What must have come about for a run to mean something.</summary>
    private static readonly string[] Outcomes =
    [
        "pending used", "one of several pending used", "predecessor in grace", "earlier predecessor in grace", "replayed token",
        "replayed token at a sign-in", "reserved sign-in completed", "finished sign-in made again", "ended by its old id", "known key",
        "limit refuses", "oldest makes room", "lapsed reservation", "late write done", "late write refused",
        "sent twice", "write done, no answer", "write not done", "died after a write", "died before a write", "died at a read",
        "read not answered", "end everything: answered", "count: unanswered", "sign in: answered", "count many times: answered", "patch: refused Stale",
    ];

    [Fact]
    public async Task With_faults_at_13_of_100_requests_every_answer_and_every_row_is_as_the_model_has_it()
    {
        var watch = Stopwatch.StartNew();
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (operations, calls, faults) = (0, 0, 0);
        for (var n = 0; n < Runs; n++)
        {
            var run = await FaultyRun.RunAsync(FirstSeed + n, new MemoryTable(), Options);
            operations += run.Operations;
            calls += run.Table.Calls;
            faults += run.Table.Faults.Values.Sum();
            foreach (var (outcome, times) in run.Outcomes.Concat(run.Table.Faults))
            {
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + times;
            }
        }

        output.WriteLine($"{operations} operations, {calls} requests, {faults} faults, {watch.Elapsed.TotalSeconds:F1} s");
        output.WriteLine(string.Join('\n', outcomes.Select(each => $"{each.Value,7} {each.Key}")));
        Assert.Empty(Outcomes.Except(outcomes.Keys));
        Assert.InRange((double)faults / calls, 0.12, 0.14);
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_run()
    {
        var one = await FaultyRun.RunAsync(FirstSeed, new MemoryTable(), Options);
        var other = await FaultyRun.RunAsync(FirstSeed, new MemoryTable(), Options);

        Assert.Equal((one.Operations, one.Table.Calls), (other.Operations, other.Table.Calls));
        Assert.Equal(one.Outcomes, other.Outcomes);
        Assert.Equal(one.Table.Faults, other.Table.Faults);
    }
}

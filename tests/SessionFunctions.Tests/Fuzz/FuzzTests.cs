using System.Diagnostics;
using System.Globalization;
using Sessions.Cleanup;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>
/// Whatever a client sends: no answer over 499, no error without its problem, no secret where none belongs, and a table that is whole after it.
/// FUZZ_SEED and FUZZ_CALLS (calls for each lane and round) try others than the usual ones.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Lanes = 4;

    /// <summary>Time that passes after each round: within the grace of a rotation, past it, past a ticket, past the idle timeout, past a day.</summary>
    private static readonly TimeSpan[] Rounds =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(25), TimeSpan.FromHours(25),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2),
    ];

    private static int Seed => Setting("FUZZ_SEED", 20300101);

    private static int Calls => Setting("FUZZ_CALLS", 800);

    [Fact]
    public async Task Nothing_that_a_client_can_send_breaks_the_api_or_the_table()
    {
        var clock = Stopwatch.StartNew();
        await using var host = await FuzzHost.StartAsync();
        var lanes = Enumerable.Range(0, Lanes).Select(number => new FuzzLane(Seed, number, host)).ToList();
        try
        {
            for (var round = 0; round < Rounds.Length; round++)
            {
                var strangers = Strangers(lanes[0]);
                var cleanup = Task.Run(() => host.Get<CleanupRun>().RunAsync(default));
                // Threads of their own: each waits for its answers, and the server needs the pool's.
                await Task.WhenAll(lanes.Select(lane => Task.Factory.StartNew(() => lane.Run(Calls, strangers), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
                await cleanup;
                if (round == Rounds.Length / 2)
                {
                    EndEverything(lanes);
                }

                None(lanes.SelectMany(lane => lane.Failures));
                await CheckTableAsync(host, SecretsOf(lanes));
                host.Clock.Advance(Rounds[round]);
            }

            foreach (var lane in lanes)
            {
                Assert.Contains(lane.Memory.Sessions, session => session.IsSurelyLive(host.Clock.GetUtcNow()));
                None(lane.Audit());
            }

            var lines = host.Log.Text.Split('\n');
            Assert.DoesNotContain(lines, line => line.StartsWith("Error ", StringComparison.Ordinal) || line.StartsWith("Critical ", StringComparison.Ordinal));
            Assert.Empty(SecretsOf(lanes).LinesWithAny(lines));
        }
        finally
        {
            Report(lanes, host, clock.Elapsed);
            lanes.ForEach(lane => lane.Dispose());
        }
    }

    /// <summary>Sessions that all lanes use at the same time, as nobody's account.</summary>
    private static List<string> Strangers(FuzzLane lane)
    {
        var call = new FuzzCall("POST", "/api/sessions") { Body = """{"transport":"bearer","data":{"a":1}}"""u8.ToArray(), Headers = [("Content-Type", "application/json")] };
        List<string> tokens = [.. Enumerable.Range(0, 3).Select(_ => lane.Send(call)!.Token!)];
        tokens.ForEach(lane.Secrets.Add);
        return tokens;
    }

    private static void EndEverything(List<FuzzLane> lanes)
    {
        var call = new FuzzCall("POST", "/api/manage/end-everything")
        {
            Body = """{"confirm":"end-everything"}"""u8.ToArray(),
            Headers = [("x-functions-key", FuzzHost.Key), ("Content-Type", "application/json")],
        };
        Assert.Equal(204, lanes[0].Send(call)?.Status);
        foreach (var lane in lanes)
        {
            lane.Memory.End(_ => true);
            None(lane.Audit());
        }
    }

    private static async Task CheckTableAsync(FuzzHost host, FuzzSecrets secrets)
    {
        var rules = new TableRules(host);
        var rows = await rules.RowsAsync();

        Assert.NotEmpty(rows);
        None(await rules.BrokenAsync(rows));
        Assert.Empty(secrets.RowsWithAny(rows));
    }

    /// <summary>All of them in full: each is what it takes to repeat it.</summary>
    private static void None(IEnumerable<string> faults) => Assert.True(!faults.Any(), $"Seed {Seed}, {Calls} calls a round:\n{string.Join('\n', faults.Take(20))}");

    private static FuzzSecrets SecretsOf(List<FuzzLane> lanes)
    {
        var all = new FuzzSecrets();
        lanes.ForEach(lane => all.UnionWith(lane.Secrets));
        return all;
    }

    /// <summary>What was answered how often, and what was logged of the sessions in whose calls something was wrong.</summary>
    private void Report(List<FuzzLane> lanes, FuzzHost host, TimeSpan elapsed)
    {
        var seen = lanes.SelectMany(lane => lane.Seen).GroupBy(pair => pair.Key, pair => pair.Value).ToDictionary(group => group.Key, group => group.Sum());
        output.WriteLine($"{seen.Values.Sum()} calls in {elapsed.TotalSeconds:f1} s, {lanes.Sum(lane => lane.Memory.Sessions.Count)} sessions");
        foreach (var route in seen.GroupBy(pair => pair.Key.Route?.ToString() ?? "odd addresses", StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{route.Key}: {string.Join(", ", route.OrderBy(pair => pair.Key.Status).Select(pair => $"{pair.Key.Status} {pair.Value}"))}");
        }

        var failures = string.Join('\n', lanes.SelectMany(lane => lane.Failures));
        var sids = lanes.SelectMany(lane => lane.Memory.Sessions).Select(session => session.Sid).Where(sid => failures.Contains(sid, StringComparison.Ordinal)).ToList();
        foreach (var line in sids.Count == 0 ? [] : host.Log.Text.Split('\n').Where(line => sids.Exists(sid => line.Contains(sid, StringComparison.Ordinal))))
        {
            output.WriteLine(line);
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

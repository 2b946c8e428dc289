using System.Diagnostics;
using SessionFunctions.Testing;

namespace CleanupBench;

/// <summary>One thing that is measured: what, and each time that the cleanup and the physical limit beside it took.</summary>
internal sealed record Case(string Storage, int Live, bool SignedIn, int Times, SessionRows Expired, SessionWorld World, Counted Counted)
{
    public List<Measured> Cleanup { get; } = [];
    public List<Measured> Limit { get; } = [];
}

internal sealed record Measured(double SessionsPerSecond, double RequestsPerThousand);

internal static class Bench
{
    /// <summary>As many as the cleanup cleans side by side.</summary>
    private const int Lanes = 8;

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan PastShort = TimeSpan.FromSeconds(12); // a tenth more than the idle timeout, and over

    public static async Task<IReadOnlyList<Case>> RunAsync(Sizes sizes, int port)
    {
        await using var azurite = await OnAzurite.StartAsync(port);
        Say("filling the tables");
        List<Case> cases =
        [
            .. await CasesAsync("memory", sizes.Memory, InMemory.NewCounted),
            .. await CasesAsync("Azurite", sizes.Azurite, azurite.NewTable),
        ];
        for (var round = 0; round <= sizes.Rounds; round++)
        {
            Say(round == 0 ? "warming up" : $"round {round} of {sizes.Rounds}");
            foreach (var each in cases)
            {
                await RoundAsync(each, counts: round > 0);
            }
        }

        return cases;
    }

    private static async Task<IReadOnlyList<Case>> CasesAsync(string storage, StorageSize size, Func<Counted> newTable)
    {
        SessionRows[] expired = [await ExpiredAsync(signedIn: false), await ExpiredAsync(signedIn: true)];
        var cases = new List<Case>();
        foreach (var live in size.Live)
        {
            var counted = newTable();
            var world = new SessionWorld(counted.Table, settings => settings.Shards = size.Shards);
            foreach (var signedIn in new[] { false, true })
            {
                // Half of them are signed in; rounded up where the shards don't share them evenly.
                var inEach = (int)Math.Ceiling(live / 2.0 / size.Shards);
                await (await SessionRows.MakeAsync(size.Shards, inEach, signedIn, Long)).InsertAsync(counted.Table);
            }

            world.Clock.Advance(PastShort);
            cases.AddRange(expired.Select((rows, kind) => new Case(storage, live, kind == 1, size.Times, rows, world, counted)));
        }

        return cases;

        Task<SessionRows> ExpiredAsync(bool signedIn) => SessionRows.MakeAsync(size.Shards, size.ExpiredInEach, signedIn, Short);
    }

    /// <summary>Cleanup and limit by turns, so that what else goes on at the machine meets both.</summary>
    private static async Task RoundAsync(Case each, bool counts)
    {
        for (var time = 0; time < each.Times; time++)
        {
            foreach (var isLimit in new[] { time % 2 == 1, time % 2 == 0 })
            {
                await each.Expired.InsertAsync(each.Counted.Table);
                var measured = await MeasureAsync(
                    each, isLimit ? () => each.Expired.DeleteAsync(each.Counted.Table, Lanes) : () => CleanUpAsync(each));
                if (counts)
                {
                    (isLimit ? each.Limit : each.Cleanup).Add(measured);
                }
            }
        }
    }

    private static async Task<Measured> MeasureAsync(Case each, Func<Task> delete)
    {
        GC.Collect(); // the garbage of filling the table isn't the cleanup's
        var (before, watch) = (each.Counted.Requests(), Stopwatch.StartNew());
        await delete();
        var seconds = watch.Elapsed.TotalSeconds;
        return new Measured(each.Expired.Sessions / seconds, (each.Counted.Requests() - before) * 1000.0 / each.Expired.Sessions);
    }

    private static async Task CleanUpAsync(Case each)
    {
        var report = await each.World.Cleanup.RunAsync(default);
        if (!report.Complete || report.Deleted != each.Expired.Sessions)
        {
            throw new InvalidOperationException(
                $"the cleanup deleted {report.Deleted} of {each.Expired.Sessions} sessions ({each.Storage}): storage gave out; run it again with less going on beside it");
        }
    }

    private static void Say(string what) => Console.Error.WriteLine($"cleanup: {what}");
}

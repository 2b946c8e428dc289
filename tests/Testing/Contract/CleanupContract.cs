using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sessions.Cleanup;
using Sessions.Create;
using Sessions.Table;

namespace SessionFunctions.Testing.Contract;

/// <summary>What the sweep removes, and what it never harms.</summary>
public abstract class CleanupContract
{
    private static readonly NewSession Short = new() { IdleTimeout = TimeSpan.FromSeconds(10) };

    protected abstract ITable NewTable();

    [Fact]
    public async Task A_sweep_removes_every_row_of_what_is_over_and_leaves_the_rest()
    {
        var world = new SessionWorld(NewTable());
        var live = await world.CreateAsync();
        for (var i = 0; i < 120; i++)
        {
            await world.CreateAsync(Short);
        }

        world.Clock.Advance(TimeSpan.FromSeconds(11));
        var report = await world.CleanupRun.RunAsync(default);

        Assert.Equal(new CleanupReport { Swept = 120, Shards = world.Settings.Shards, Complete = true }, report);
        Assert.Equal(2, (await world.RowsAsync()).Count);
        Assert.True(await world.IsLetInAsync(live.Token));
    }

    [Fact]
    public async Task A_session_renewed_between_the_read_and_the_delete_is_not_swept_and_holds_up_no_other()
    {
        var table = new InterruptedTable(NewTable());
        var world = new SessionWorld(table, o => o.Shards = 1);
        var sessions = new List<IssuedSession>();
        for (var i = 0; i < 5; i++)
        {
            sessions.Add(await world.CreateAsync(Short));
        }

        // Seconds before it is due, one is renewed by an instance whose clock is behind, just before the sweep deletes.
        var behind = new SessionWorld(table, o => o.Shards = 1, new TestClock(world.Clock.GetUtcNow()));
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        behind.Clock.Advance(TimeSpan.FromSeconds(9));
        table.BeforeNextSubmit = async () => Assert.Null((await behind.Sessions.TouchAsync(sessions[2].Token, default)).Refusal);

        var report = await world.CleanupRun.RunAsync(default);

        Assert.Equal((4, 1), (report.Swept, report.Renewed));
        Assert.True(await world.IsLetInAsync(sessions[2].Token));
        Assert.Equal(2, (await world.RowsAsync()).Count);
    }

    [Fact]
    public async Task Two_sweeps_at_once_remove_everything_once()
    {
        var world = new SessionWorld(NewTable(), o => o.Shards = 2);
        for (var i = 0; i < 130; i++)
        {
            await world.CreateAsync(Short);
        }

        world.Clock.Advance(TimeSpan.FromSeconds(11));
        var other = new SessionWorld(world.Table, o => o.Shards = 2, world.Clock);
        var reports = await SessionWorld.AtOnceAsync(2, n => new[] { world, other }[n].CleanupRun.RunAsync(default));

        Assert.Equal(130, reports.Sum(report => report.Swept));
        Assert.All(reports, report => Assert.True(report.Complete));
        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task A_row_that_is_not_ours_is_left_alone_and_harms_nothing()
    {
        var world = new SessionWorld(NewTable(), o => o.Shards = 1);
        await world.CreateAsync(Short);
        var empty = new Dictionary<string, object>();
        await world.Table.SubmitAsync(
            new RowBatch("00")
                .Insert("x:20200101000000000:who-knows", empty)
                .Insert("x:20200101000000000:", empty)
                .Insert("x:2020", empty),
            default);

        world.Clock.Advance(TimeSpan.FromSeconds(11));
        var report = await world.CleanupRun.RunAsync(default);

        Assert.Equal((1, 3), (report.Swept, report.Unknown));
        Assert.Equal(3, (await world.RowsAsync()).Count);
    }

    [Fact]
    public async Task An_index_row_whose_session_is_gone_goes_with_the_others()
    {
        var world = new SessionWorld(NewTable(), o => o.Shards = 1);
        var orphaned = await world.CreateAsync(Short);
        await world.CreateAsync(Short);
        await world.Table.SubmitAsync(new RowBatch("00").Delete($"s:{orphaned.Token.Id}"), default);

        world.Clock.Advance(TimeSpan.FromSeconds(11));
        var report = await world.CleanupRun.RunAsync(default);

        Assert.Equal(2, report.Swept);
        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task A_sweep_out_of_time_stops_and_the_next_goes_on_until_all_is_done()
    {
        var table = new InterruptedTable(NewTable());
        var world = new SessionWorld(table, o => o.CleanupBudget = TimeSpan.FromSeconds(5));
        for (var i = 0; i < 40; i++)
        {
            await world.CreateAsync(Short);
        }

        world.Clock.Advance(TimeSpan.FromSeconds(11));
        table.BeforeEachRange = () => world.Clock.Advance(TimeSpan.FromSeconds(3)); // a slow storage: two shards and time is up
        var sweeper = new CleanupRun(table, Options.Create(world.Settings), world.Clock, NullLogger<CleanupRun>.Instance) { Parallelism = 1 };
        var first = await sweeper.RunAsync(default);
        var second = await sweeper.RunAsync(default);

        Assert.Equal((2, false), (first.Shards, first.Complete));
        Assert.Equal((2, false), (second.Shards, second.Complete));
        Assert.Empty(await world.RowsAsync());
    }
}

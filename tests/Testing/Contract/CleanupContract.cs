using Sessions.Cleanup;
using Sessions.Create;
using Sessions.Table;

namespace SessionFunctions.Testing.Contract;

/// <summary>What the cleanup removes, and what it never harms.</summary>
public abstract class CleanupContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private static readonly NewSession Short = new() { IdleTimeout = TimeSpan.FromSeconds(10) };
    private static readonly TimeSpan LongerThanShort = TimeSpan.FromSeconds(11);

    [Fact]
    public async Task It_removes_every_row_of_what_is_over_and_leaves_the_rest()
    {
        var world = NewWorld();
        var live = await world.CreateAsync();
        await world.CreateAsync(120, Short);

        world.Clock.Advance(LongerThanShort);
        var report = await world.Cleanup.RunAsync(default);

        Assert.Equal(new CleanupReport { Deleted = 120, Shards = world.Shards, Complete = true }, report);
        Assert.Equal(2, (await world.RowsAsync()).Count);
        Assert.True(await world.IsLetInAsync(live.Token));
    }

    [Fact]
    public async Task A_session_renewed_between_the_read_and_the_delete_stays_and_holds_up_no_other()
    {
        var table = new InterruptedTable(NewTable());
        var world = new SessionWorld(table, settings => settings.Shards = 1);
        var sessions = await world.CreateAsync(5, Short);

        // Seconds before it is due, one is renewed by an instance whose clock is behind, just before the cleanup deletes.
        var behind = new SessionWorld(table, settings => settings.Shards = 1, new TestClock(world.Clock.GetUtcNow()));
        world.Clock.Advance(LongerThanShort);
        behind.Clock.Advance(TimeSpan.FromSeconds(9));
        table.BeforeNextSubmit = async () => Assert.Null((await behind.Holder.TouchAsync(sessions[2].Token, default)).Refusal);

        var report = await world.Cleanup.RunAsync(default);

        Assert.Equal((4, 1), (report.Deleted, report.Renewed));
        Assert.True(await world.IsLetInAsync(sessions[2].Token));
        Assert.Equal(2, (await world.RowsAsync()).Count);
    }

    [Fact]
    public async Task Two_at_once_remove_everything_once()
    {
        var world = NewWorld(settings => settings.Shards = 2);
        await world.CreateAsync(130, Short);

        world.Clock.Advance(LongerThanShort);
        var other = new SessionWorld(world.Table, settings => settings.Shards = 2, world.Clock);
        var reports = await SessionWorld.AtOnceAsync(2, n => new[] { world, other }[n].Cleanup.RunAsync(default));

        Assert.Equal(130, reports.Sum(report => report.Deleted));
        Assert.All(reports, report => Assert.True(report.Complete));
        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task A_row_that_is_not_ours_is_left_alone_and_harms_nothing()
    {
        var world = NewWorld(settings => settings.Shards = 1);
        await world.CreateAsync(Short);
        var empty = new Dictionary<string, object>();
        var ofAnotherShard = $"01{new string('a', 26)}";
        string[] foreign = ["x:20200101000000000:who-knows", "x:20200101000000000:", "x:2020", $"x:20200101000000000:{ofAnotherShard}"];
        await world.Table.SubmitAsync(foreign.Aggregate(new RowBatch("00"), (batch, key) => batch.Insert(key, empty)), default);

        world.Clock.Advance(LongerThanShort);
        var report = await world.Cleanup.RunAsync(default);

        Assert.Equal((1, foreign.Length), (report.Deleted, report.Unknown));
        Assert.Equal(foreign.Order(StringComparer.Ordinal), (await world.RowsAsync()).Select(row => row.Key));
    }

    [Fact]
    public async Task An_index_row_whose_session_is_gone_goes_with_the_others()
    {
        var world = NewWorld(settings => settings.Shards = 1);
        var orphaned = (await world.CreateAsync(2, Short))[0];
        await world.Table.SubmitAsync(new RowBatch("00").Delete($"s:{orphaned.Token.Id}"), default);

        world.Clock.Advance(LongerThanShort);
        var report = await world.Cleanup.RunAsync(default);

        Assert.Equal(2, report.Deleted);
        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task Out_of_time_it_stops_and_the_next_goes_on_until_all_is_done()
    {
        var table = new InterruptedTable(NewTable());
        var world = new SessionWorld(table, settings => settings.CleanupBudget = TimeSpan.FromSeconds(5));
        await world.CreateAsync(40, Short);

        world.Clock.Advance(LongerThanShort);
        table.BeforeEachRange = () => world.Clock.Advance(TimeSpan.FromSeconds(3)); // a slow storage: two shards and time is up
        var first = await world.Cleanup.RunAsync(default);
        var second = await world.Cleanup.RunAsync(default);

        Assert.Equal((2, false), (first.Shards, first.Complete));
        Assert.Equal((2, false), (second.Shards, second.Complete));
        table.BeforeEachRange = null;
        Assert.Empty(await world.RowsAsync());
    }
}

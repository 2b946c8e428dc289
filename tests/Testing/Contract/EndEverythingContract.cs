using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>The mark that ends every session there is.</summary>
public abstract class EndEverythingContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    [Fact]
    public async Task It_ends_what_was_born_before_and_nothing_that_is_born_after()
    {
        var world = NewWorld();
        var (anonymous, signedIn) = (await world.CreateAsync(), await world.CreateAsync("ada"));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await world.EndEverything.RunAsync(default);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var after = await world.CreateAsync();

        Assert.False(await world.IsLetInAsync(anonymous.Token));
        Assert.False(await world.IsLetInAsync(signedIn.Token));
        Assert.Empty(await world.ListAsync("ada"));
        Assert.True(await world.IsLetInAsync(after.Token));
    }

    [Fact]
    public async Task A_session_that_begins_right_after_it_lives_and_is_ended_by_the_next_one()
    {
        var world = NewWorld();
        await world.EndEverything.RunAsync(default);

        var after = await world.CreateAsync("ada");
        Assert.True(await world.IsLetInAsync(after.Token));
        Assert.Single(await world.ListAsync("ada"));

        await world.EndEverything.RunAsync(default);
        Assert.False(await world.IsLetInAsync(after.Token));
    }

    [Fact]
    public async Task It_ends_what_an_instance_made_whose_clock_is_four_seconds_ahead()
    {
        var table = NewTable();
        var (here, ahead) = (new TestClock(), new TestClock());
        ahead.Advance(TimeSpan.FromSeconds(4));
        var other = new SessionWorld(table, null, ahead, ahead);
        var session = await other.CreateAsync();

        await new SessionWorld(table, null, here, here).EndEverything.RunAsync(default);
        ahead.Advance(TimeSpan.FromSeconds(5));

        Assert.False(await other.IsLetInAsync(session.Token));
    }

    [Fact]
    public async Task Several_at_once_all_go_through()
    {
        var world = NewWorld();
        var session = await world.CreateAsync();

        await AtOnceAsync(4, async _ =>
        {
            await world.EndEverything.RunAsync(default);
            return true;
        });

        Assert.False(await world.IsLetInAsync(session.Token));
    }

    [Fact]
    public async Task Another_instance_honours_it_within_five_seconds_also_for_those_who_sign_in_meanwhile()
    {
        var table = NewTable();
        var clock = new TestClock();
        var (here, there) = (new SessionWorld(table, null, clock, clock), new SessionWorld(table, null, clock, clock));
        var (session, other) = (await here.CreateAsync(), await here.CreateAsync());
        Assert.True(await there.IsLetInAsync(session.Token));
        clock.Advance(TimeSpan.FromSeconds(1));

        await here.EndEverything.RunAsync(default);
        var escaped = Value(await there.SignInAsync(other.Token.Id, "ada"));
        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.False(await there.IsLetInAsync(session.Token));
        Assert.False(await there.IsLetInAsync(escaped.Token));
    }
}

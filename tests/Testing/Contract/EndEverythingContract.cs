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

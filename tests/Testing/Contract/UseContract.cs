using Sessions;
using Sessions.Create;
using Sessions.Table;

namespace SessionFunctions.Testing.Contract;

/// <summary>Who is let in, for how long, and how a holder ends it.</summary>
public abstract class UseContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private static readonly NewSession HundredSeconds = new() { IdleTimeout = TimeSpan.FromSeconds(100) };

    [Fact]
    public async Task Only_the_right_secret_opens_a_session()
    {
        var world = NewWorld();
        var (mine, other) = (await world.CreateAsync(), await world.CreateAsync());
        var secretOfOther = other.Token.Reveal()[SessionId.Length..];
        Assert.True(SessionToken.TryParse(mine.Token.Id + secretOfOther, out var mixed));

        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(mixed)).Refusal);
        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(SessionToken.New(mine.Token.Id))).Refusal);
        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(SessionToken.New(SessionId.New(mine.Token.Id.Shard)))).Refusal);
        Assert.True(await world.IsLetInAsync(mine.Token));
    }

    [Fact]
    public async Task An_unused_session_ends_after_its_idle_timeout_and_not_before()
    {
        var world = NewWorld(settings => settings.SlideGranularity = 0.1);
        var issued = await world.CreateAsync(HundredSeconds);

        world.Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.True(await world.IsLetInAsync(issued.Token));
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await world.IsLetInAsync(issued.Token));
    }

    [Fact]
    public async Task A_look_that_does_not_touch_keeps_nothing_alive()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(HundredSeconds);
        for (var i = 0; i < 11; i++)
        {
            Assert.True(await world.IsLetInAsync(issued.Token));
            world.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.False(await world.IsLetInAsync(issued.Token));
    }

    [Fact]
    public async Task A_session_in_steady_use_ends_at_its_absolute_lifetime()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { IdleTimeout = TimeSpan.FromMinutes(10), Lifetime = TimeSpan.FromHours(1) });
        for (var minute = 5; minute < 60; minute += 5)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(5));
            Assert.Null((await world.ReadAsync(issued.Token)).Refusal);
        }

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(issued.Token)).Refusal);
    }

    [Fact]
    public async Task A_session_that_was_ended_is_gone_for_good_and_ending_it_again_ends_none()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync();

        Assert.True(await world.Holder.EndAsync(issued.Token, default));
        Assert.False(await world.Holder.EndAsync(issued.Token, default));

        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(issued.Token)).Refusal);
        Assert.Equal(Refusal.NotAuthenticated, (await world.PatchAsync(issued.Token, "{}")).Refusal);
        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task A_wrong_secret_ends_none()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync();

        Assert.False(await world.Holder.EndAsync(SessionToken.New(issued.Token.Id), default));

        Assert.True(await world.IsLetInAsync(issued.Token));
    }
}

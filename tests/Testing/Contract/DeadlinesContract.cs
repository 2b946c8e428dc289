using Sessions;
using Sessions.Create;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>The operator moves the moments at which a session ends.</summary>
public abstract class DeadlinesContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    [Fact]
    public async Task Both_move_and_every_row_goes_along()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync("ada");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var now = world.Clock.GetUtcNow();

        var moved = Value(await MoveAsync(world, issued, expires: TimeSpan.FromMinutes(5), ends: TimeSpan.FromHours(1)));

        Assert.Equal((now + TimeSpan.FromMinutes(5), now + TimeSpan.FromHours(1)), (moved.Lifetime.Expires, moved.Lifetime.Ends));
        Assert.Equal((issued.Session.Version, issued.Session.Lifetime.Seen), (moved.Version, moved.Lifetime.Seen));
        Assert.Equal(moved.Lifetime, Value(await world.Operator.FindAsync(issued.Token.Id, default)).Lifetime);
        Assert.Equal(moved.Lifetime.Expires, Assert.Single(await world.ListAsync("ada")).Expires);
        Assert.Equal(3, (await world.RowsAsync()).Count);
    }

    [Fact]
    public async Task One_alone_leaves_the_other_unless_the_end_comes_first()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync();
        var (now, before) = (world.Clock.GetUtcNow(), issued.Session.Lifetime);

        var expires = Value(await MoveAsync(world, issued, expires: TimeSpan.FromMinutes(5))).Lifetime;
        var ends = Value(await MoveAsync(world, issued, ends: TimeSpan.FromHours(2))).Lifetime;
        var soon = Value(await MoveAsync(world, issued, ends: TimeSpan.FromMinutes(1))).Lifetime;

        Assert.Equal((now + TimeSpan.FromMinutes(5), before.Ends), (expires.Expires, expires.Ends));
        Assert.Equal((now + TimeSpan.FromMinutes(5), now + TimeSpan.FromHours(2)), (ends.Expires, ends.Ends));
        Assert.Equal((now + TimeSpan.FromMinutes(1), now + TimeSpan.FromMinutes(1)), (soon.Expires, soon.Ends));
    }

    [Fact]
    public async Task A_session_that_was_shortened_ends_in_time_however_much_it_is_used_and_is_cleaned_up()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync("ada");
        await MoveAsync(world, issued, ends: TimeSpan.FromSeconds(10));

        world.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Null((await world.Holder.TouchAsync(issued.Token, default)).Refusal);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await world.IsLetInAsync(issued.Token));

        Assert.Equal(1, (await world.Cleanup.RunAsync(default)).Deleted);
        Assert.Empty(await world.RowsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_further_than_is_configured_for_a_session_of_its_kind(bool persistent)
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { Persistent = persistent });
        var (idle, lifetime) = persistent
            ? (world.Lifetimes.PersistentIdleTimeout, world.Lifetimes.PersistentLifetime)
            : (world.Lifetimes.IdleTimeout, world.Lifetimes.AbsoluteLifetime);
        var second = TimeSpan.FromSeconds(1);

        Assert.Equal(RefusalKind.NotAllowed, (await MoveAsync(world, issued, expires: idle + second)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await MoveAsync(world, issued, ends: lifetime + second)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await MoveAsync(world, issued, expires: TimeSpan.Zero)).Refusal?.Kind);
        Assert.Equal(issued.Session.Lifetime, Value(await world.Operator.FindAsync(issued.Token.Id, default)).Lifetime);

        world.Clock.Advance(second);
        var moved = Value(await MoveAsync(world, issued, idle, lifetime)).Lifetime;
        Assert.Equal((world.Clock.GetUtcNow() + idle, world.Clock.GetUtcNow() + lifetime), (moved.Expires, moved.Ends));
    }

    private static Task<Result<Session>> MoveAsync(
        SessionWorld world, IssuedSession issued, TimeSpan? expires = null, TimeSpan? ends = null) =>
        world.Operator.MoveDeadlinesAsync(issued.Token.Id, expires, ends, default);
}

using Sessions;
using Sessions.Create;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>A user never has more sessions than allowed.</summary>
public abstract class UserLimitContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private static readonly NewSession Adas = new() { User = Named("ada") };

    [Fact]
    public async Task Past_the_limit_the_oldest_makes_room()
    {
        var world = NewWorld(settings => settings.MaxPerUser = 2);
        var sessions = new List<IssuedSession>();
        for (var i = 0; i < 4; i++)
        {
            sessions.Add(await world.CreateAsync(Adas));
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([sessions[3].Token.Id, sessions[2].Token.Id], (await world.ListAsync("ada")).Select(entry => entry.Id));
        Assert.False(await world.IsLetInAsync(sessions[1].Token));
    }

    [Fact]
    public async Task Past_the_limit_a_sign_in_can_be_refused_and_leaves_everything_as_it_was()
    {
        var world = NewWorld(settings => (settings.MaxPerUser, settings.UserOverflow) = (1, "reject"));
        var first = await world.CreateAsync(Adas);
        var anonymous = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":1}""") });

        Assert.Equal(RefusalKind.Conflict, (await world.SignInAsync(anonymous.Token, "ada")).Refusal?.Kind);

        Assert.True(await world.IsLetInAsync(first.Token));
        Assert.Equal("""{"cart":1}""", Json(Value(await world.ReadAsync(anonymous.Token)).Data));
        await world.Holder.EndAsync(first.Token, default);
        Assert.Null((await world.SignInAsync(anonymous.Token, "ada")).Refusal);
    }

    [Fact]
    public async Task The_oldest_makes_room_also_while_it_is_used_without_pause()
    {
        var table = new InterruptedTable(NewTable());
        var world = new SessionWorld(table, settings => settings.MaxPerUser = 1);
        var oldest = await world.CreateAsync(Adas);
        var user = new SessionWorld(table, settings => settings.MaxPerUser = 1, clock: world.Clock);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await user.ReadAsync(oldest.Token);
        table.BeforeNextSubmit = UseAsync;

        var newest = await world.CreateAsync(Adas);

        table.BeforeNextSubmit = null;
        Assert.False(await world.IsLetInAsync(oldest.Token));
        Assert.Equal([newest.Token.Id], (await world.ListAsync("ada")).Select(session => session.Id));

        // Used once more before each batch that would end it.
        async Task UseAsync()
        {
            world.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await user.Holder.TouchAsync(oldest.Token, default);
            table.BeforeNextSubmit = UseAsync;
        }
    }

    [Fact]
    public async Task A_limit_that_was_lowered_by_far_is_kept_at_the_next_sign_in()
    {
        var table = NewTable();
        await new SessionWorld(table, settings => settings.MaxPerUser = 100).CreateAsync(70, Adas);

        var after = new SessionWorld(table, settings => settings.MaxPerUser = 3);
        await after.CreateAsync(Adas);

        Assert.Equal(3, (await after.ListAsync("ada")).Count);
    }

    [Theory]
    [InlineData("evict-oldest")]
    [InlineData("reject")]
    public async Task Two_sign_ins_at_once_with_a_limit_of_one_end_with_one_session_200_times_in_a_row(string overflow)
    {
        var world = NewWorld(settings => (settings.MaxPerUser, settings.UserOverflow) = (1, overflow));
        for (var i = 0; i < 200; i++)
        {
            var name = $"user{i}";
            var anonymous = await world.CreateAsync(2, new NewSession());

            var results = await AtOnceAsync(2, n => world.SignInAsync(anonymous[n].Token.Id, name));

            Assert.Single(await world.ListAsync(name));
            if (overflow == "reject")
            {
                Assert.Single(results, result => result.Refusal is { Kind: RefusalKind.Conflict });
            }

            await world.Users.EndAsync(Named(name), except: null, default);
            foreach (var session in anonymous)
            {
                await world.Holder.EndAsync(session.Token, default);
            }
        }

        // What is left of those that were signed in, and the limits' rows.
        world.Clock.Advance(world.Lifetimes.AbsoluteLifetime);
        await world.Cleanup.RunAsync(default);
        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task The_limits_row_is_cleaned_up_when_every_session_it_counted_is_long_over()
    {
        var world = NewWorld(settings => settings.MaxPerUser = 2);
        await world.CreateAsync(Adas with { Persistent = true });
        await world.CreateAsync(Adas);

        world.Clock.Advance(world.Lifetimes.PersistentLifetime - TimeSpan.FromSeconds(1));
        await world.Cleanup.RunAsync(default);
        Assert.Equal(2, (await world.RowsAsync()).Count);

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Cleanup.RunAsync(default);
        Assert.Empty(await world.RowsAsync());
    }
}

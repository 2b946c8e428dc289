using Sessions;
using Sessions.Create;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>A user's sessions: listed, ended, and never more than allowed.</summary>
public abstract class UserContract
{
    protected abstract ITable NewTable();

    private SessionWorld NewWorld(Action<SessionOptions>? configure = null) => new(NewTable(), configure);

    [Theory]
    [InlineData("ada")]
    [InlineData("ada@example.com/o'brien \"x\" %2F & 🦊")]
    public async Task A_users_sessions_are_listed_newest_first_and_nobody_elses(string name)
    {
        var world = NewWorld();
        var first = await world.CreateAsync(new NewSession { User = Named(name), Agent = "Firefox on Linux" });
        await world.CreateAsync(new NewSession { User = Named("somebody else") });
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        var second = await world.CreateAsync(new NewSession { User = Named(name), Persistent = true });
        await world.ReadAsync(first.Token);

        var list = await world.Manager.ListAsync(Named(name), default);

        Assert.Equal([second.Token.Id, first.Token.Id], list.Select(entry => entry.Id));
        Assert.Equal(("Firefox on Linux", world.Clock.GetUtcNow(), true), (list[1].Agent, list[1].Seen, list[0].Persistent));
    }

    [Fact]
    public async Task Expired_sessions_are_not_listed_also_before_the_sweep()
    {
        var world = NewWorld();
        await world.CreateAsync(new NewSession { User = Named("ada"), IdleTimeout = TimeSpan.FromSeconds(10) });
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Empty(await world.Manager.ListAsync(Named("ada"), default));

        await world.CleanupRun.RunAsync(default);

        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task The_holder_sees_and_ends_the_siblings_and_keeps_the_own_session()
    {
        var world = NewWorld();
        var mine = await world.CreateAsync(new NewSession { User = Named("ada") });
        var sibling = await world.CreateAsync(new NewSession { User = Named("ada") });
        var anonymous = await world.CreateAsync();

        Assert.Equal([sibling.Token.Id], Value(await world.Sessions.SiblingsAsync(mine.Token, default)).Select(entry => entry.Id));
        Assert.Empty(Value(await world.Sessions.SiblingsAsync(anonymous.Token, default)));
        Assert.Equal(1, Value(await world.Sessions.EndSiblingsAsync(mine.Token, default)));

        Assert.False(await world.IsLetInAsync(sibling.Token));
        Assert.True(await world.IsLetInAsync(mine.Token));
        Assert.Equal(0, Value(await world.Sessions.EndSiblingsAsync(anonymous.Token, default)));
    }

    [Fact]
    public async Task Logging_out_everywhere_ends_250_sessions_and_leaves_no_row_of_the_user()
    {
        var table = new CrashingTable(NewTable());
        var world = new SessionWorld(table, o => o.MaxPerUser = 1000);
        var tokens = new List<SessionToken>();
        for (var i = 0; i < 250; i++)
        {
            tokens.Add((await world.CreateAsync(new NewSession { User = Named("ada") })).Token);
        }

        var other = await world.CreateAsync(new NewSession { User = Named("bob") });
        await world.Manager.ListAsync(Named("ada"), default);
        table.Revive();

        var ended = await world.Manager.EndAllAsync(Named("ada"), except: null, default);

        // A range read, a batch for every 33 sessions of 3 rows each, and 2 for the guard that the limit has.
        Assert.Equal((250, 1 + 8 + 2), (ended, table.Calls));
        foreach (var token in tokens)
        {
            Assert.False(await world.IsLetInAsync(token));
        }

        Assert.True(await world.IsLetInAsync(other.Token));
        var left = await world.RowsAsync();
        Assert.DoesNotContain(left, row => row.Key.Contains(Named("ada").Key.ToString(), StringComparison.Ordinal));
        Assert.Equal(5, left.Count); // bob's session, its two index rows, his guard and its index row
    }

    [Fact]
    public async Task Logging_out_everywhere_else_spares_one()
    {
        var world = NewWorld();
        var kept = await world.CreateAsync(new NewSession { User = Named("ada") });
        var ended = await world.CreateAsync(new NewSession { User = Named("ada") });

        Assert.Equal(1, await world.Manager.EndAllAsync(Named("ada"), kept.Token.Id, default));

        Assert.True(await world.IsLetInAsync(kept.Token));
        Assert.False(await world.IsLetInAsync(ended.Token));
    }

    [Fact]
    public async Task A_session_renewed_while_all_are_being_ended_is_ended_too()
    {
        var table = new InterruptedTable(NewTable());
        var world = new SessionWorld(table);
        var sessions = new[]
        {
            await world.CreateAsync(new NewSession { User = Named("ada") }),
            await world.CreateAsync(new NewSession { User = Named("ada") }),
        };
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        table.BeforeNextSubmit = async () => await world.Sessions.TouchAsync(sessions[0].Token, default);

        Assert.Equal(2, await world.Manager.EndAllAsync(Named("ada"), except: null, default));

        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task Past_the_limit_the_oldest_makes_room()
    {
        var world = NewWorld(o => o.MaxPerUser = 2);
        var sessions = new List<IssuedSession>();
        for (var i = 0; i < 4; i++)
        {
            sessions.Add(await world.CreateAsync(new NewSession { User = Named("ada") }));
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([sessions[3].Token.Id, sessions[2].Token.Id], (await world.Manager.ListAsync(Named("ada"), default)).Select(entry => entry.Id));
        Assert.False(await world.IsLetInAsync(sessions[1].Token));
    }

    [Fact]
    public async Task Past_the_limit_a_sign_in_can_be_refused_and_leaves_everything_as_it_was()
    {
        var world = NewWorld(o => (o.MaxPerUser, o.UserOverflow) = (1, "reject"));
        var first = await world.CreateAsync(new NewSession { User = Named("ada") });
        var anonymous = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":1}""") });

        Assert.Equal(RefusalKind.Conflict, (await world.SignInAsync(anonymous.Token, "ada")).Refusal?.Kind);

        Assert.True(await world.IsLetInAsync(first.Token));
        Assert.Equal("""{"cart":1}""", Json(Value(await world.ReadAsync(anonymous.Token)).Data));
        await world.Sessions.EndAsync(first.Token, default);
        Assert.Null((await world.SignInAsync(anonymous.Token, "ada")).Refusal);
    }

    [Fact]
    public async Task A_limit_that_was_lowered_by_far_is_kept_at_the_next_sign_in()
    {
        var table = NewTable();
        var before = new SessionWorld(table, o => o.MaxPerUser = 100);
        for (var i = 0; i < 70; i++)
        {
            await before.CreateAsync(new NewSession { User = Named("ada") });
        }

        var after = new SessionWorld(table, o => o.MaxPerUser = 3);
        await after.CreateAsync(new NewSession { User = Named("ada") });

        Assert.Equal(3, (await after.Manager.ListAsync(Named("ada"), default)).Count);
    }

    [Theory]
    [InlineData("evict-oldest")]
    [InlineData("reject")]
    public async Task Two_sign_ins_at_once_with_a_limit_of_one_end_with_one_session_200_times_in_a_row(string overflow)
    {
        var world = NewWorld(o => (o.MaxPerUser, o.UserOverflow) = (1, overflow));
        for (var i = 0; i < 200; i++)
        {
            var name = $"user{i}";
            var anonymous = new[] { await world.CreateAsync(), await world.CreateAsync() };

            var results = await AtOnceAsync(2, n => world.SignInAsync(anonymous[n].Token.Id, name));

            var list = await world.Manager.ListAsync(Named(name), default);
            Assert.Single(list);
            if (overflow == "reject")
            {
                Assert.Single(results, result => result.Refusal is { Kind: RefusalKind.Conflict });
            }

            await world.Manager.EndAllAsync(Named(name), except: null, default);
            foreach (var session in anonymous)
            {
                await world.Sessions.EndAsync(session.Token, default);
            }
        }

        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task A_guard_is_swept_when_every_session_it_counted_is_long_over()
    {
        var world = NewWorld(o => o.MaxPerUser = 2);
        await world.CreateAsync(new NewSession { User = Named("ada"), Persistent = true });
        await world.CreateAsync(new NewSession { User = Named("ada") });

        world.Clock.Advance(world.Settings.PersistentLifetime - TimeSpan.FromSeconds(1));
        await world.CleanupRun.RunAsync(default);
        Assert.Equal(2, (await world.RowsAsync()).Count);

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.CleanupRun.RunAsync(default);
        Assert.Empty(await world.RowsAsync());
    }
}

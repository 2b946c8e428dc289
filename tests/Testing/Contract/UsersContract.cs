using Sessions;
using Sessions.Create;
using Sessions.Table;
using Sessions.Users;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>A user's sessions, as the operator lists and ends them.</summary>
public abstract class UsersContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    [Theory]
    [InlineData("ada")]
    [InlineData("ada@example.com/o'brien \"x\" %2F & 🦊")]
    public async Task A_users_sessions_are_listed_newest_first_and_nobody_elses(string name)
    {
        var world = NewWorld();
        var first = await world.CreateAsync(new NewSession { User = Named(name), Agent = "Firefox on Linux" });
        await world.CreateAsync("somebody else");
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        var second = await world.CreateAsync(new NewSession { User = Named(name), Persistent = true });
        await world.ReadAsync(first.Token);

        var list = await world.ListAsync(name);

        Assert.Equal([second.Token.Id, first.Token.Id], list.Select(entry => entry.Id));
        Assert.Equal(("Firefox on Linux", world.Clock.GetUtcNow(), true), (list[1].Agent, list[1].Seen, list[0].Persistent));
    }

    [Fact]
    public async Task They_are_read_with_all_that_they_hold_without_being_used()
    {
        var world = NewWorld();
        var adas = new NewSession { User = Named("ada"), Data = DataOf("""{"n":1}"""), Claims = DataOf("""{"role":"admin"}""") };
        var first = await world.CreateAsync(adas);
        await world.CreateAsync("somebody else");
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        var second = await world.CreateAsync(adas with { Data = DataOf("""{"n":2}""") });

        var read = (await world.Users.ReadAsync(Named("ada"), after: null, default)).Sessions;

        Assert.Equal(
            [(second.Token.Id, """{"n":2}"""), (first.Token.Id, """{"n":1}""")],
            read.Select(each => (each.Listed.Id, Json(each.Session.Data))));
        Assert.All(read, each => Assert.Equal(each.Listed.Id, each.Session.Id));
        Assert.Equal(("""{"role":"admin"}""", first.Session.Lifetime), (Json(read[1].Session.Claims), read[1].Session.Lifetime));
        Assert.Empty((await world.Users.ReadAsync(Named("nobody"), after: null, default)).Sessions);
    }

    [Fact]
    public async Task Page_by_page_each_session_that_lives_throughout_is_listed_once_at_a_request_a_page()
    {
        var table = new CrashingTable(NewTable());
        var world = new SessionWorld(table);
        var lasting = await world.CreateAsync(130, new NewSession { User = Named("ada") }); // all of one moment, so that their ids tell them apart
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        lasting = [.. lasting, .. await world.CreateAsync(100, new NewSession { User = Named("ada") })];
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var passing = await world.CreateAsync("ada");
        await world.ListAsync("ada"); // reads the mark, too

        var (listed, sizes) = (new List<SessionId>(), new List<int>());
        ListPosition? after = null;
        do
        {
            table.Revive();
            var page = await world.Users.ListAsync(Named("ada"), after, default);
            Assert.Equal(1, table.Calls);
            listed.AddRange(page.Sessions.Select(session => session.Id));
            sizes.Add(page.Sessions.Count);
            await world.Operator.EndAsync(passing.Token.Id, default);
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            passing = await world.CreateAsync("ada");
            Assert.True(page.Next is null || (ListPosition.TryParse(page.Next.ToString(), out var next) && next == page.Next));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal([100, 100, 31], sizes);
        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.Empty(lasting.Select(session => session.Token.Id).Except(listed));
    }

    [Fact]
    public async Task Expired_sessions_are_not_listed_also_before_the_cleanup()
    {
        var world = NewWorld();
        await world.CreateAsync(new NewSession { User = Named("ada"), IdleTimeout = TimeSpan.FromSeconds(10) });
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Empty(await world.ListAsync("ada"));

        await world.Cleanup.RunAsync(default);

        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task Ending_them_ends_250_and_leaves_no_row_of_them()
    {
        var table = new CrashingTable(NewTable());
        var world = new SessionWorld(table, settings => settings.MaxPerUser = 1000, markClock: new TestClock());
        var sessions = await world.CreateAsync(250, new NewSession { User = Named("ada") });
        var other = await world.CreateAsync("bob");
        await world.ListAsync("ada");
        table.Revive();

        var ended = Value(await world.Users.EndAsync(Named("ada"), except: null, default));

        // A range read, and a batch for every 33 sessions of 3 rows each.
        Assert.Equal((250, 1 + 8), (ended, table.Calls));
        foreach (var session in sessions)
        {
            Assert.False(await world.IsLetInAsync(session.Token));
        }

        Assert.True(await world.IsLetInAsync(other.Token));
        var left = await world.RowsAsync();
        var key = (await world.KeyOfAsync("ada")).ToString();
        Assert.Equal(2, left.Count(row => row.Key.Contains(key, StringComparison.Ordinal))); // the row of her limit, and its index row
        Assert.Equal(2 + 5, left.Count); // and those of bob, with his session and its two index rows
    }

    [Fact]
    public async Task Ending_them_may_spare_one()
    {
        var world = NewWorld();
        var (kept, ended) = (await world.CreateAsync("ada"), await world.CreateAsync("ada"));

        Assert.Equal(1, Value(await world.Users.EndAsync(Named("ada"), kept.Token.Id, default)));

        Assert.True(await world.IsLetInAsync(kept.Token));
        Assert.False(await world.IsLetInAsync(ended.Token));
    }

    [Fact]
    public async Task A_session_renewed_while_all_are_being_ended_is_ended_too()
    {
        var table = new InterruptedTable(NewTable());
        var world = new SessionWorld(table);
        var renewed = await world.CreateAsync("ada");
        await world.CreateAsync("ada");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        table.BeforeNextSubmit = async () => await world.Holder.TouchAsync(renewed.Token, default);

        Assert.Equal(2, Value(await world.Users.EndAsync(Named("ada"), except: null, default)));

        Assert.Empty(await world.RowsAsync());
    }
}

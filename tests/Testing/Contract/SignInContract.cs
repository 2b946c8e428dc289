using Sessions;
using Sessions.Create;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>SignInAs a session to a user: a new session, the old one dead, and nothing in between that could go wrong for good.</summary>
public abstract class SignInContract
{
    private const int CallsOfBind = 4;

    protected abstract ITable NewTable();

    private SessionWorld NewWorld(Action<SessionOptions>? configure = null) => new(NewTable(), configure);

    [Fact]
    public async Task Signing_in_makes_a_new_session_with_the_same_data_and_kills_the_old_token()
    {
        var world = NewWorld();
        var old = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":["tea"]}"""), Claims = DataOf("""{"kept":1}""") });

        var bound = Value(await world.SignInAsync(old.Token, "ada", """{"role":"admin"}"""));

        Assert.NotEqual(old.Token.Id, bound.Token.Id);
        Assert.Equal(Shard.Of(Named("ada").Key, world.Settings.Shards), bound.Token.Id.Shard);
        Assert.False(await world.IsLetInAsync(old.Token));
        var read = Value(await world.ReadAsync(bound.Token));
        Assert.Equal(("ada", """{"cart":["tea"]}""", """{"kept":1,"role":"admin"}"""), (read.User?.Name, Json(read.Data), Json(read.Claims)));
        Assert.Equal(3, (await world.RowsAsync()).Count);
    }

    [Fact]
    public async Task A_ticket_works_once_and_soon_and_only_for_its_own_session()
    {
        var world = NewWorld();
        var (mine, other) = (await world.CreateAsync(), await world.CreateAsync());
        var code = Value(await world.Manager.IssueTicketAsync(mine.Token.Id, new SignInAs(Named("ada")), default)).Code;

        Assert.Equal(RefusalKind.NotAllowed, (await world.RedeemAsync(other.Token, code)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAuthenticated, (await world.RedeemAsync(SessionToken.New(mine.Token.Id), code)).Refusal?.Kind);
        var bound = Value(await world.RedeemAsync(mine.Token, code));
        Assert.Equal(RefusalKind.NotAuthenticated, (await world.RedeemAsync(mine.Token, code)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await world.RedeemAsync(bound.Token, code)).Refusal?.Kind);

        var late = Value(await world.Manager.IssueTicketAsync(other.Token.Id, new SignInAs(Named("ada")), default)).Code;
        world.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(RefusalKind.NotAllowed, (await world.RedeemAsync(other.Token, late)).Refusal?.Kind);
        Assert.True(await world.IsLetInAsync(other.Token));
    }

    [Fact]
    public async Task A_second_ticket_takes_the_place_of_the_first()
    {
        var world = NewWorld();
        var session = await world.CreateAsync();
        var first = Value(await world.Manager.IssueTicketAsync(session.Token.Id, new SignInAs(Named("ada")), default)).Code;
        var second = Value(await world.Manager.IssueTicketAsync(session.Token.Id, new SignInAs(Named("bob")), default)).Code;

        Assert.Equal(RefusalKind.NotAllowed, (await world.RedeemAsync(session.Token, first)).Refusal?.Kind);
        Assert.Equal("bob", Value(await world.RedeemAsync(session.Token, second)).Session.User?.Name);
    }

    [Fact]
    public async Task Signing_in_to_be_remembered_takes_the_longer_times()
    {
        var world = NewWorld();
        var session = await world.CreateAsync();

        var bound = Value(await world.SignInAsync(session.Token, "ada", persistent: true));

        Assert.True(bound.Session.Persistent);
        Assert.Equal(world.Clock.GetUtcNow() + world.Settings.PersistentLifetime, bound.Session.Lifetime.Ends);
    }

    [Fact]
    public async Task Binding_takes_four_calls_to_the_table()
    {
        var table = new CrashingTable(NewTable());
        var world = new SessionWorld(table);
        var session = await world.CreateAsync();
        Assert.True(await world.IsLetInAsync(session.Token));
        table.Revive();

        await world.SignInAsync(session.Token.Id, "ada");

        Assert.Equal(CallsOfBind, table.Calls);
    }

    [Fact]
    public async Task Whichever_call_it_dies_after_the_same_sign_in_completes_and_there_are_never_two_tokens()
    {
        for (var calls = 0; calls <= CallsOfBind; calls++)
        {
            var table = new CrashingTable(NewTable());
            var world = new SessionWorld(table);
            var session = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":1}""") });
            var code = Value(await world.Manager.IssueTicketAsync(session.Token.Id, new SignInAs(Named("ada")), default)).Code;

            table.DieAfter(calls);
            var first = await DeadOrAsync(() => world.RedeemAsync(session.Token, code));
            table.Revive();
            Assert.True(await LiveSessionsAsync(world) <= 1, $"two live sessions after {calls} calls");

            if (first is { } done)
            {
                Assert.Equal(CallsOfBind, calls);
                Assert.True(await world.IsLetInAsync(Value(done).Token));
            }
            else
            {
                var again = Value(await world.RedeemAsync(session.Token, code));
                Assert.Equal("""{"cart":1}""", Json(Value(await world.ReadAsync(again.Token)).Data));
            }

            Assert.False(await world.IsLetInAsync(session.Token));
            Assert.Equal(3, (await world.RowsAsync()).Count);
            Assert.Single(await world.Manager.ListAsync(Named("ada"), default));
        }
    }

    [Fact]
    public async Task A_crashed_sign_in_may_be_completed_as_somebody_else()
    {
        for (var calls = 1; calls < CallsOfBind; calls++)
        {
            var table = new CrashingTable(NewTable());
            var world = new SessionWorld(table);
            var session = await world.CreateAsync();
            table.DieAfter(calls);
            Assert.Null(await DeadOrAsync(() => world.SignInAsync(session.Token.Id, "ada")));
            table.Revive();

            var bound = Value(await world.SignInAsync(session.Token.Id, "bob"));

            Assert.True(await world.IsLetInAsync(bound.Token));
            Assert.Empty(await world.Manager.ListAsync(Named("ada"), default));
            Assert.Single(await world.Manager.ListAsync(Named("bob"), default));
            Assert.Equal(3, (await world.RowsAsync()).Count);
        }
    }

    [Fact]
    public async Task A_log_out_in_the_midst_of_a_sign_in_that_crashed_leaves_nothing()
    {
        for (var calls = 1; calls < CallsOfBind; calls++)
        {
            var table = new CrashingTable(NewTable());
            var world = new SessionWorld(table);
            var session = await world.CreateAsync();
            table.DieAfter(calls);
            Assert.Null(await DeadOrAsync(() => world.SignInAsync(session.Token.Id, "ada")));
            table.Revive();

            await world.Sessions.EndAsync(session.Token, default);

            Assert.Empty(await world.RowsAsync());
        }
    }

    [Fact]
    public async Task Two_sign_ins_of_one_session_at_once_leave_one_session_and_one_token_that_works()
    {
        for (var i = 0; i < 40; i++)
        {
            var world = NewWorld();
            var session = await world.CreateAsync();

            var results = await AtOnceAsync(2 + (i % 3), _ => world.SignInAsync(session.Token.Id, "ada"));

            var tokens = results.Where(result => result.Refusal is null).Select(result => Value(result).Token).ToList();
            Assert.Single(tokens);
            Assert.True(await world.IsLetInAsync(tokens[0]));
            Assert.Equal(3, (await world.RowsAsync()).Count);
        }
    }

    [Fact]
    public async Task Of_two_sign_ins_that_meet_between_mark_and_move_one_goes_through()
    {
        // One has marked the session and is about to create its successor; the other marks it anew, finds no successor yet and goes to create it too.
        var store = NewTable();
        var (oneTable, otherTable) = (new InterruptedTable(store), new InterruptedTable(store));
        var (one, other) = (new SessionWorld(oneTable), new SessionWorld(otherTable));
        var session = await one.CreateAsync();
        var (otherIsAboutToCreate, oneHasCreated) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task<Result<IssuedSession>>? second = null;
        oneTable.BeforeNextSubmit = Then(oneTable, async () =>
        {
            oneTable.BeforeNextSubmit = () =>
            {
                oneHasCreated.SetResult();
                return Task.CompletedTask;
            };
            otherTable.BeforeNextSubmit = Then(otherTable, () =>
            {
                otherIsAboutToCreate.SetResult();
                return oneHasCreated.Task;
            });
            second = other.SignInAsync(session.Token.Id, "ada");
            await otherIsAboutToCreate.Task;
        });

        var first = await one.SignInAsync(session.Token.Id, "ada");

        var tokens = new[] { first, await second! }.Where(result => result.Refusal is null).Select(result => Value(result).Token).ToList();
        Assert.True(await one.IsLetInAsync(Assert.Single(tokens)));
        Assert.Equal(3, (await one.RowsAsync()).Count);

        // Not at the next submit, but at the one after it.
        static Func<Task> Then(InterruptedTable table, Func<Task> act) => () =>
        {
            table.BeforeNextSubmit = act;
            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task Signing_in_again_moves_on_from_the_bound_session()
    {
        var world = NewWorld(o => (o.MaxPerUser, o.UserOverflow) = (1, "reject"));
        var first = Value(await world.SignInAsync((await world.CreateAsync()).Token, "ada"));

        var again = Value(await world.SignInAsync(first.Token, "ada"));
        var other = Value(await world.SignInAsync(again.Token, "bob"));

        Assert.False(await world.IsLetInAsync(first.Token));
        Assert.False(await world.IsLetInAsync(again.Token));
        Assert.True(await world.IsLetInAsync(other.Token));
        Assert.Empty(await world.Manager.ListAsync(Named("ada"), default));
    }

    [Fact]
    public async Task What_one_user_left_in_a_session_is_not_the_next_ones()
    {
        var world = NewWorld();
        var anonymous = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":1}""") });
        var first = Value(await world.SignInAsync(anonymous.Token, "ada", """{"role":"admin"}"""));
        var again = Value(await world.SignInAsync(first.Token, "ada", """{"level":2}"""));
        Assert.Equal(("""{"cart":1}""", """{"role":"admin","level":2}"""), (Json(again.Session.Data), Json(again.Session.Claims)));

        var other = Value(await world.SignInAsync(again.Token, "bob", """{"level":1}"""));

        Assert.Equal(("{}", """{"level":1}"""), (Json(other.Session.Data), Json(other.Session.Claims)));
    }

    [Fact]
    public async Task A_sign_in_keeps_times_that_were_shortened_and_takes_those_that_the_options_have_shortened_since()
    {
        var table = NewTable();
        var before = new SessionWorld(table);
        var shortened = await before.CreateAsync(new NewSession { IdleTimeout = TimeSpan.FromMinutes(1) });
        var full = await before.CreateAsync();
        var after = new SessionWorld(table, o => o.IdleTimeout = TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromMinutes(1), Value(await after.SignInAsync(shortened.Token.Id, "ada")).Session.Lifetime.IdleTimeout);
        Assert.Equal(TimeSpan.FromMinutes(5), Value(await after.SignInAsync(full.Token.Id, "ada")).Session.Lifetime.IdleTimeout);
    }

    private static async Task<int> LiveSessionsAsync(SessionWorld world)
    {
        var live = 0;
        foreach (var row in await world.RowsAsync())
        {
            if (row.Key.StartsWith("s:", StringComparison.Ordinal) && row.Text("moving") is null)
            {
                live++;
            }
        }

        return live;
    }

    private static async Task<Result<IssuedSession>?> DeadOrAsync(Func<Task<Result<IssuedSession>>> call)
    {
        try
        {
            return await call();
        }
        catch (ProcessDiedException)
        {
            return null;
        }
    }
}

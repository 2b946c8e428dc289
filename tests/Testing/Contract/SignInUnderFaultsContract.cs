using Sessions;
using Sessions.Create;
using Sessions.SignIn;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>
/// A sign-in that dies half-way, or meets another: there is nothing in between that could go wrong for good. The explorer
/// (<c>tests/Interleavings</c>) tries every way in which that can happen; these say what comes of it.
/// </summary>
public abstract class SignInUnderFaultsContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private const int CallsOfSignIn = 4;
    private const int CallsBeforeHandover = 2;

    [Fact]
    public async Task It_takes_four_calls_to_the_table()
    {
        var (world, table, session, code) = await TicketedAsync();
        table.Revive();

        Value(await world.RedeemAsync(session.Token, code));

        Assert.Equal(CallsOfSignIn, table.Calls);
    }

    [Fact]
    public async Task Whichever_call_it_dies_after_the_same_sign_in_completes_and_there_is_one_session()
    {
        for (var calls = 0; calls < CallsOfSignIn; calls++)
        {
            var (world, session, code) = await DiedAfterAsync(calls);
            Assert.Equal(calls <= CallsBeforeHandover, await world.IsLetInAsync(session.Token));
            Assert.Empty(await world.ListAsync("ada"));

            var again = Value(await world.RedeemAsync(session.Token, code));

            Assert.Equal("""{"cart":1}""", Json(Value(await world.ReadAsync(again.Token)).Data));
            Assert.False(await world.IsLetInAsync(session.Token));
            Assert.Single(await world.ListAsync("ada"));
            await AssertOneSessionAsync(world);
        }
    }

    [Fact]
    public async Task An_answer_that_was_lost_can_be_had_again_for_a_minute()
    {
        var (world, _, session, code) = await TicketedAsync();
        var first = Value(await world.RedeemAsync(session.Token, code));
        world.Clock.Advance(TimeSpan.FromSeconds(59));

        var second = Value(await world.RedeemAsync(session.Token, code));

        Assert.Equal(first.Token.Id, second.Token.Id);
        Assert.True(await world.IsLetInAsync(first.Token));
        Assert.True(await world.IsLetInAsync(second.Token));
        Assert.True(await world.IsLetInAsync(first.Token)); // by the rules of a rotation: in its grace

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Refusal.NotAuthenticated, (await world.RedeemAsync(session.Token, code)).Refusal);
    }

    [Fact]
    public async Task After_the_handover_the_old_token_is_worth_nothing_without_the_same_ticket()
    {
        var (world, _, session, code) = await TicketedAsync();
        Value(await world.RedeemAsync(session.Token, code));

        Assert.False(await world.IsLetInAsync(session.Token));
        Assert.Equal(Refusal.NotAuthenticated, (await world.RedeemAsync(session.Token, TicketCode.New().Code)).Refusal);
        Assert.Equal(Refusal.NotAuthenticated, (await world.RedeemAsync(SessionToken.New(session.Token.Id), code)).Refusal);
        Assert.Equal(Refusal.NoSuchSession, (await world.SignInAsync(session.Token.Id, "bob")).Refusal);
    }

    [Fact]
    public async Task The_operator_may_repeat_it()
    {
        var world = NewWorld();
        var session = await world.CreateAsync();
        var first = Value(await world.SignInAsync(session.Token.Id, "ada"));

        var second = Value(await world.SignInAsync(session.Token.Id, "ada"));

        Assert.Equal(first.Token.Id, second.Token.Id);
        Assert.True(await world.IsLetInAsync(second.Token));
    }

    [Fact]
    public async Task An_id_token_works_once()
    {
        var world = NewWorld();
        var session = await world.CreateAsync();
        var idToken = new TimedHash(SecretHash.Of([1]), world.Clock.GetUtcNow() + TimeSpan.FromMinutes(10));
        var signedIn = Value(await SignInAsync(session.Token));
        var again = Value(await SignInAsync(session.Token)); // the same call
        Assert.Equal(signedIn.Token.Id, again.Token.Id);

        Assert.Equal(RefusalKind.NotAllowed, (await SignInAsync(signedIn.Token)).Refusal?.Kind);
        var other = Value(await world.SignInAsync(signedIn.Token, "ada"));
        Assert.Equal(RefusalKind.NotAllowed, (await SignInAsync(other.Token)).Refusal?.Kind);

        Task<Result<IssuedSession>> SignInAsync(SessionToken token) => world.SignIn.SignInAsync(
            token.Id, SignInRights.ByIdToken(token, new SignInAs(Named("ada")), idToken), agent: null, default);
    }

    [Fact]
    public async Task After_a_crash_before_the_handover_it_may_be_made_as_somebody_else()
    {
        for (var calls = 1; calls <= CallsBeforeHandover; calls++)
        {
            var (world, session, _) = await DiedAfterAsync(calls);

            var signedIn = Value(await world.SignInAsync(session.Token.Id, "bob"));

            Assert.True(await world.IsLetInAsync(signedIn.Token));
            Assert.Empty(await world.ListAsync("ada"));
            Assert.Single(await world.ListAsync("bob"));
            await AssertOneSessionAsync(world);
        }
    }

    [Fact]
    public async Task A_log_out_with_the_old_token_ends_what_has_come_of_it()
    {
        for (var calls = 1; calls <= CallsOfSignIn; calls++)
        {
            var (world, session, code) = await DiedAfterAsync(calls);

            Assert.True(await world.Holder.EndAsync(session.Token, default));

            Assert.Equal(Refusal.NotAuthenticated, (await world.RedeemAsync(session.Token, code)).Refusal);
            Assert.Empty(await world.ListAsync("ada"));
            world.Clock.Advance(TimeSpan.FromSeconds(70));
            await world.Cleanup.RunAsync(default);
            Assert.Empty(await world.RowsAsync());
        }
    }

    [Fact]
    public async Task The_caller_s_giving_up_stops_nothing_once_it_is_begun()
    {
        var rows = new InterruptedTable(NewTable());
        var world = new SessionWorld(rows);
        var session = await world.CreateAsync();
        using var givesUp = new CancellationTokenSource();
        rows.BeforeNextSubmit = givesUp.CancelAsync;

        var signedIn = await world.SignIn.SignInAsync(
            session.Token.Id, SignInRights.ByOperator(session.Token.Id, new SignInAs(Named("ada")), token: null), agent: null, givesUp.Token);

        Assert.True(await world.IsLetInAsync(Value(signedIn).Token));
    }

    [Fact]
    public async Task Cut_off_it_keeps_nobody_out_for_longer_than_its_reservation()
    {
        var table = new CrashingTable(NewTable());
        var world = new SessionWorld(table, settings => (settings.MaxPerUser, settings.UserOverflow) = (1, "reject"), markClock: new TestClock());
        var (session, other) = (await world.CreateAsync(), await world.CreateAsync());
        await world.ListAsync("ada");
        table.DieAfter(4); // a read, the limit's row, the list, the reservation
        Assert.Null(await DeadOrAsync(() => world.SignInAsync(session.Token.Id, "ada")));
        table.Revive();
        Assert.Equal(RefusalKind.Conflict, (await world.SignInAsync(other.Token.Id, "ada")).Refusal?.Kind);

        world.Clock.Advance(TimeSpan.FromSeconds(70));

        Value(await world.SignInAsync(other.Token.Id, "ada"));
    }

    [Fact]
    public async Task Two_of_one_session_at_once_leave_one_session_and_tokens_of_that_alone()
    {
        for (var i = 0; i < 40; i++)
        {
            var world = NewWorld();
            var session = await world.CreateAsync();

            var results = await AtOnceAsync(2 + (i % 3), n => world.SignInAsync(session.Token.Id, n == 0 ? "bob" : "ada"));

            var tokens = results.Where(result => result.Refusal is null).Select(result => Value(result).Token).ToList();
            Assert.Single(tokens.Select(token => token.Id).Distinct());
            Assert.True(await world.IsLetInAsync(tokens[0]));
            await AssertOneSessionAsync(world);
        }
    }

    private async Task<(SessionWorld World, CrashingTable Table, IssuedSession Session, string Code)> TicketedAsync()
    {
        var table = new CrashingTable(NewTable());
        var world = new SessionWorld(table, markClock: new TestClock());
        var session = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":1}""") });
        return (world, table, session, await world.TicketAsync(session.Token.Id, "ada"));
    }

    private async Task<(SessionWorld World, IssuedSession Session, string Code)> DiedAfterAsync(int calls)
    {
        var (world, table, session, code) = await TicketedAsync();
        table.DieAfter(calls);
        Assert.Equal(calls == CallsOfSignIn, await DeadOrAsync(() => world.RedeemAsync(session.Token, code)) is not null);
        table.Revive();
        return (world, session, code);
    }

    /// <summary>The rows of one session and no others, once the cleanup has taken what is left of the one that was signed in.</summary>
    private static async Task AssertOneSessionAsync(SessionWorld world)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(70));
        await world.Cleanup.RunAsync(default);
        Assert.Equal(3, (await world.RowsAsync()).Count);
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

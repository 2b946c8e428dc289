using Sessions;
using Sessions.Create;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>A sign-in that dies half-way, or meets another: there is nothing in between that could go wrong for good.</summary>
public abstract class SignInUnderFaultsContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private const int CallsOfSignIn = 4;

    [Fact]
    public async Task It_takes_four_calls_to_the_table()
    {
        var table = new CrashingTable(NewTable());
        var world = new SessionWorld(table);
        var session = await world.CreateAsync();
        Assert.True(await world.IsLetInAsync(session.Token));
        table.Revive();

        await world.SignInAsync(session.Token.Id, "ada");

        Assert.Equal(CallsOfSignIn, table.Calls);
    }

    [Fact]
    public async Task Whichever_call_it_dies_after_the_same_sign_in_completes_and_there_are_never_two_tokens()
    {
        for (var calls = 0; calls <= CallsOfSignIn; calls++)
        {
            var table = new CrashingTable(NewTable());
            var world = new SessionWorld(table);
            var session = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":1}""") });
            var code = await world.TicketAsync(session.Token.Id, "ada");

            table.DieAfter(calls);
            var first = await DeadOrAsync(() => world.RedeemAsync(session.Token, code));
            table.Revive();
            var live = (await world.RowsAsync()).Count(row => row.Key[0] == 's' && row.Text("moving") is null);
            Assert.True(live <= 1, $"two live sessions after {calls} calls");

            if (first is { } done)
            {
                Assert.Equal(CallsOfSignIn, calls);
                Assert.True(await world.IsLetInAsync(Value(done).Token));
            }
            else
            {
                var again = Value(await world.RedeemAsync(session.Token, code));
                Assert.Equal("""{"cart":1}""", Json(Value(await world.ReadAsync(again.Token)).Data));
            }

            Assert.False(await world.IsLetInAsync(session.Token));
            await AssertOneSessionAsync(world);
            Assert.Single(await world.ListAsync("ada"));
        }
    }

    [Fact]
    public async Task After_a_crash_it_may_be_completed_as_somebody_else()
    {
        for (var calls = 1; calls < CallsOfSignIn; calls++)
        {
            var (world, session) = await CrashedAsync(calls);

            var signedIn = Value(await world.SignInAsync(session.Token.Id, "bob"));

            Assert.True(await world.IsLetInAsync(signedIn.Token));
            Assert.Empty(await world.ListAsync("ada"));
            Assert.Single(await world.ListAsync("bob"));
            await AssertOneSessionAsync(world);
        }
    }

    [Fact]
    public async Task A_log_out_after_a_crash_leaves_nothing()
    {
        for (var calls = 1; calls < CallsOfSignIn; calls++)
        {
            var (world, session) = await CrashedAsync(calls);

            Assert.True(await world.Holder.EndAsync(session.Token, default));

            Assert.Empty(await world.RowsAsync());
        }
    }

    [Fact]
    public async Task Two_of_one_session_at_once_leave_one_session_and_one_token_that_works()
    {
        for (var i = 0; i < 40; i++)
        {
            var world = NewWorld();
            var session = await world.CreateAsync();

            var results = await AtOnceAsync(2 + (i % 3), _ => world.SignInAsync(session.Token.Id, "ada"));

            Assert.True(await world.IsLetInAsync(Assert.Single(TokensOf(results))));
            await AssertOneSessionAsync(world);
        }
    }

    [Fact]
    public async Task Of_two_that_meet_between_mark_and_move_one_goes_through()
    {
        // One has marked the session and is about to create its successor; the other marks it anew and goes to create it too.
        var rows = NewTable();
        var (oneTable, otherTable) = (new InterruptedTable(rows), new InterruptedTable(rows));
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

        Assert.True(await one.IsLetInAsync(Assert.Single(TokensOf([first, await second!]))));
        await AssertOneSessionAsync(one);

        // Not at the next submit, but at the one after it.
        static Func<Task> Then(InterruptedTable table, Func<Task> act) => () =>
        {
            table.BeforeNextSubmit = act;
            return Task.CompletedTask;
        };
    }

    private async Task<(SessionWorld World, IssuedSession Session)> CrashedAsync(int calls)
    {
        var table = new CrashingTable(NewTable());
        var world = new SessionWorld(table);
        var session = await world.CreateAsync();
        table.DieAfter(calls);
        Assert.Null(await DeadOrAsync(() => world.SignInAsync(session.Token.Id, "ada")));
        table.Revive();
        return (world, session);
    }

    /// <summary>The rows of one session and no others, once the cleanup has taken what is left of the one that was signed in.</summary>
    private static async Task AssertOneSessionAsync(SessionWorld world)
    {
        await world.Cleanup.RunAsync(default);
        Assert.Equal(3, (await world.RowsAsync()).Count);
    }

    private static IEnumerable<SessionToken> TokensOf(IEnumerable<Result<IssuedSession>> results) =>
        results.Where(result => result.Refusal is null).Select(result => Value(result).Token);

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

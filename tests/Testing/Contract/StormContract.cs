using System.Collections.Concurrent;
using Sessions;
using Sessions.Create;
using Sessions.Data;
using Sessions.SignIn;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>
/// Many callers at once, as they come, where the explorer takes few and every order: whatever is called for, it is done once and holds. A
/// few rounds each in the usual run, 200 with <c>SESSIONS_LONG=1</c>, and ten times as many of the sign-ins.
/// </summary>
public abstract class StormContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private const int Sessions = 20;
    private const int Callers = 3;
    private static readonly int LongRounds = Environment.GetEnvironmentVariable("SESSIONS_LONG") == "1" ? 200 : 0;

    public enum Ender
    {
        AllOfTheUsers,
        EachByTheOperator,
        EachByItsHolder,
        AllSiblings,
        EachByAReplay,
    }

    /// <summary>Calls of each caller before the end, and after it: in many rounds there is enough of everything with one each.</summary>
    private static int CallsEach => LongRounds > 0 ? 1 : 3;

    /// <summary>Every way to end sessions, on a table that answers at once and on one that takes 8 ms.</summary>
    public static TheoryData<Ender, int> Enders =>
        [.. from ender in Enum.GetValues<Ender>() from latency in new[] { 0, 8 } select new TheoryDataRow<Ender, int>(ender, latency)];

    /// <summary>Rounds at a time.</summary>
    protected virtual int SideBySide => 4;

    /// <summary>Rounds of each storm in the usual run.</summary>
    protected virtual int Rounds => 3;

    [Theory]
    [MemberData(nameof(Enders))]
    public async Task After_the_answer_no_token_of_a_session_in_constant_use_opens_anything(Ender ender, int latency)
    {
        // Several rounds side by side, each on a table of its own: most of the time is spent on waiting for the table.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Math.Max(Rounds, LongRounds)),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide },
            async (_, _) => await EndInUseAsync(ender, TimeSpan.FromMilliseconds(latency)));
    }

    [Fact]
    public async Task Of_three_sign_ins_at_once_one_counts_and_its_session_alone_is_listed()
    {
        SessionWorld[] worlds = [];
        for (var round = 0; round < Math.Max(10 * Rounds, 10 * LongRounds); round++)
        {
            // A table anew now and then: Azurite looks at every row for each list.
            if (round % 50 == 0)
            {
                var (table, clock) = (new SlowTable(NewTable(), TimeSpan.Zero), new TestClock());
                worlds = [.. Enumerable.Range(0, 3).Select(_ => new SessionWorld(table, clock: clock))];
            }

            await SignInThriceAsync(worlds);
        }
    }

    private async Task EndInUseAsync(Ender ender, TimeSpan latency)
    {
        var (table, clock) = (new SlowTable(NewTable(), latency), new TestClock { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) });
        var still = new TestClock(); // how often the mark is read is no call's cost
        var callers = Enumerable.Range(0, Callers).Select(_ => new SessionWorld(table, clock: clock, markClock: still)).ToArray();
        var world = new SessionWorld(table, clock: clock, markClock: still);
        var mine = (await world.CreateAsync("ada")).Token;
        var wanted = new NewSession { User = Named("ada"), Data = DataOf("""{"n":0}""") };
        var tokens = (await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => world.CreateAsync(wanted)))).Select(issued => issued.Token).ToArray();
        var replayed = ender == Ender.EachByAReplay ? await ReplaceAsync(world, tokens) : [];
        var (isEnding, ended, missing) = (false, new bool[Sessions], Sessions * Callers);
        var (early, late) = (new ConcurrentBag<Refusal>(), 0);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = tokens.SelectMany((token, n) => callers.Select((caller, kind) => Task.Run(() => UseAsync(caller, kind, token, n)))).ToList();
        await ready.Task;

        Volatile.Write(ref isEnding, true);
        await Task.WhenAll(Enumerable.Range(0, ender is Ender.AllOfTheUsers or Ender.AllSiblings ? 1 : Sessions).Select(EndAsync));
        await Task.WhenAll(calls);
        Assert.Equal(0, late);
        Assert.Empty(early);
        Assert.Equal([mine.Id], (await world.ListAsync("ada")).Select(listed => listed.Id));

        async Task EndAsync(int n)
        {
            var counted = new CrashingTable(table);
            var ending = new SessionWorld(counted, clock: clock, markClock: still);
            await ending.NotBefore.GetAsync(default);
            counted.Revive();
            switch (ender)
            {
                case Ender.AllOfTheUsers:
                    Value(await ending.Users.EndAsync(Named("ada"), mine.Id, default));
                    break;
                case Ender.AllSiblings:
                    Value(await ending.Siblings.EndAsync(mine, default));
                    break;
                case Ender.EachByTheOperator:
                    await ending.Operator.EndAsync(tokens[n].Id, default);
                    break;
                case Ender.EachByItsHolder:
                    Assert.True(await ending.Holder.EndAsync(tokens[n], default));
                    break;
                case Ender.EachByAReplay:
                    Assert.Equal(Refusal.NotAuthenticated, (await ending.ReadAsync(replayed[n])).Refusal);
                    break;
            }

            // A list, a batch and three more where they are in use; a sibling reads itself first, and may slide; a replay is a read.
            Assert.InRange(counted.Calls, 2, ender switch { Ender.AllSiblings => 7, Ender.EachByAReplay => 6, _ => 5 });
            Volatile.Write(ref ended[n], true);
        }

        async Task UseAsync(SessionWorld caller, int kind, SessionToken token, int n)
        {
            try
            {
                await UseUntilEndedAsync(caller, kind, token, n);
            }
            catch (Exception e)
            {
                ready.TrySetException(e); // else everybody would wait for this caller
                throw;
            }
        }

        async Task UseUntilEndedAsync(SessionWorld caller, int kind, SessionToken token, int n)
        {
            for (var (before, after) = (0, 0); after < CallsEach;)
            {
                await Task.Yield(); // a table in memory answers at once: nobody else would get a turn
                var hasEnded = Volatile.Read(ref ended[ender is Ender.AllOfTheUsers or Ender.AllSiblings ? 0 : n]);
                var refusal = kind switch
                {
                    0 => (await caller.Holder.TouchAsync(token, default)).Refusal,
                    1 => (await caller.PatchAsync(token, """{"a":1}""")).Refusal,
                    _ => (await caller.Data.ChangeAsync(token, VersionCondition.None, data => Increment.One.Apply(data, Value(DataKey.Parse("n"))), default)).Refusal,
                };
                after += hasEnded ? 1 : 0;
                if (hasEnded && refusal != Refusal.NotAuthenticated)
                {
                    Interlocked.Increment(ref late);
                }

                if (refusal is not null && !Volatile.Read(ref isEnding))
                {
                    early.Add(refusal);
                }

                if (++before == CallsEach && Interlocked.Decrement(ref missing) == 0)
                {
                    ready.TrySetResult();
                }
            }
        }
    }

    /// <summary>Rotates them, and waits for the grace to pass. Returns the old ones.</summary>
    private static async Task<SessionToken[]> ReplaceAsync(SessionWorld world, SessionToken[] tokens)
    {
        var old = tokens.ToArray();
        for (var n = 0; n < tokens.Length; n++)
        {
            tokens[n] = await world.RotateAsync(old[n]);
            Value(await world.ReadAsync(tokens[n]));
        }

        world.Clock.Advance(TimeSpan.FromSeconds(31));
        return old;
    }

    private static async Task SignInThriceAsync(SessionWorld[] worlds)
    {
        var world = worlds[0];
        string[] users = [$"a-{Guid.NewGuid()}", $"b-{Guid.NewGuid()}", $"c-{Guid.NewGuid()}"];
        var session = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":1}""") });
        var code = await world.TicketAsync(session.Token.Id, users[0]);
        var once = new TimedHash(SecretHash.Of(Guid.NewGuid().ToByteArray()), world.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        var byIdToken = SignInRights.ByIdToken(session.Token, new SignInAs(Named(users[1])), once);

        var results = await AtOnceAsync(3, n => n switch
        {
            0 => world.RedeemAsync(session.Token, code),
            1 => worlds[1].SignIn.SignInAsync(session.Token.Id, byIdToken, agent: null, default),
            _ => worlds[2].SignInAsync(session.Token.Id, users[2]),
        });

        var token = Value(Assert.Single(results, result => result.Refusal is null)).Token;
        Assert.True(await world.IsLetInAsync(token));
        Assert.False(await world.IsLetInAsync(session.Token));
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        foreach (var listed in (await Task.WhenAll(users.Select(user => world.ListAsync(user)))).SelectMany(list => list))
        {
            Assert.Equal(token.Id, listed.Id);
        }

        // Of those that were overtaken, and of what was there before, nothing stays.
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        await world.Cleanup.RunAsync(default);
        var rows = await world.RowsAsync();
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Contains(token.Id.ToString(), row.Key, StringComparison.Ordinal));
        Assert.True(await world.Holder.EndAsync(token, default));
    }
}

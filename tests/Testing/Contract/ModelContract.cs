using FsCheck;
using FsCheck.Fluent;
using SessionFunctions.Testing.Model;
using SessionFunctions.Testing.Model.Faults;
using Sessions.Table;

namespace SessionFunctions.Testing.Contract;

/// <summary>
/// 2,000 random operations, each answer compared with a plain model, and the whole table read at the end of them. A failure prints the
/// seed and the shortest sequence found that fails. What has to do with users is in the model of the runs under faults.
/// </summary>
public abstract class ModelContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private const int Length = 2000;
    private const int LengthWithUsers = 1000;

    private static readonly Replay Seed = new(new Rnd(20300101, 1), null);

    /// <summary>What must have come about for a run to mean something.</summary>
    private static readonly string[] Outcomes =
    [
        "create made", "create NotAllowed", "create TooLarge",
        "use Current", "use Pending", "use InGrace", "use Replayed", "use None", "use of one that is over",
        "answer given", "answer NotAuthenticated", "answer Stale", "answer TooLarge",
        "log out done", "log out of nothing", "cleaned up",
    ];

    /// <summary>How many sequences.</summary>
    protected abstract int Sequences { get; }

    /// <summary>Whether to look for a shorter sequence that fails, which takes a hundred runs or so.</summary>
    protected virtual bool Shrinks => true;

    [Fact]
    public async Task After_2000_random_operations_every_answer_and_every_row_is_as_the_model_has_it()
    {
        var runs = new List<ModelRun>();
        var property = Prop.ForAll(Script.OfLength(Length, Shrinks), async script =>
        {
            var world = NewWorld(ModelRun.Configure);
            var run = new ModelRun(world);
            runs.Add(run);
            await run.RunAsync(script);
            await TableAudit.CheckAsync(world, run.Sessions);

            world.Clock.Advance(TimeSpan.FromDays(91));
            await world.Cleanup.RunAsync(default);
            Assert.Empty(await world.RowsAsync());
        });

        // Off xunit's own few threads, on which FsCheck's waiting for a task would stop the task.
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Sequences).WithReplay(Seed), property));

        Assert.Equal(Sequences, runs.Count);
        Assert.All(runs, run => Assert.Equal(Length, run.Operations));
        Assert.All(runs, run => Assert.Empty(Outcomes.Except(run.Outcomes.Keys)));
    }

    [Theory]
    [InlineData(300)] // no limit of sessions per user
    [InlineData(301)] // the oldest makes room
    [InlineData(302)] // the new one is refused
    public async Task So_it_is_with_users_sign_ins_and_Idempotency_Keys(int seed)
    {
        var run = await FaultyRun.RunAsync(seed, NewTable(), new FaultyRunOptions(LengthWithUsers, Share: 0));

        Assert.Equal(LengthWithUsers, run.Operations);
        Assert.Superset(new HashSet<string> { "sign in: answered", "list: answered", "known key" }, run.Outcomes.Keys.ToHashSet());
    }
}

using SessionFunctions.Testing;
using Sessions.Table;

namespace Interleavings;

/// <summary>One schedule of one scenario, played.</summary>
internal sealed class Play
{
    private Play(Scenario scenario, MemoryTable rows, TestClock clock, Schedule schedule, IReadOnlyList<Deed> deeds, string? stuck) =>
        (Scenario, Rows, Clock, Schedule, Deeds, Stuck) = (scenario, rows, clock, schedule, deeds, stuck);

    public Scenario Scenario { get; }

    public Scene Scene => Scenario.Scene;

    public MemoryTable Rows { get; }

    public TestClock Clock { get; }

    public Schedule Schedule { get; }

    public IReadOnlyList<Deed> Deeds { get; }

    public string? Stuck { get; }

    public static Play Run(Scenario scenario, IChoices choices, Bounds bounds, Stage? elsewhere = null)
    {
        var stage = elsewhere ?? new MemoryStage(scenario.Scene.Rows());
        var (clock, thread) = (scenario.Scene.Clock(), new SingleThread());
        var deeds = scenario.Acts.Select((act, n) => new Deed(act, $"{(char)('a' + n)}")).ToList();
        var actors = deeds.ConvertAll(deed => new Actor(deed.By));
        var schedule = new Schedule(actors, clock, scenario.Jumps, choices, bounds, stage);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            for (var n = 0; n < deeds.Count; n++)
            {
                actors[n].Work = WorkAsync(scenario.Scene, deeds[n], actors[n], stage, clock, schedule);
            }

            var stuck = schedule.Run(thread);
            SynchronizationContext.SetSynchronizationContext(before);
            return new Play(scenario, stage.Rows(), clock, schedule, deeds, stuck);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            actors.ForEach(actor => actor.Dispose());
        }
    }

    private static async Task WorkAsync(Scene scene, Deed deed, Actor actor, Stage stage, TestClock clock, Schedule schedule)
    {
        var world = scene.World(new SteeredTable(stage.Table, actor), clock);
        await world.NotBefore.GetAsync(default);
        actor.IsSteered = true;
        await actor.BeginAsync(() =>
        {
            deed.Began = schedule.Now;
            deed.KeysBefore = stage.Rows().Keys();
        });
        try
        {
            deed.Refusal = await deed.Act.Run(new Doing(scene, world, deed, actor.Cancellation));
        }
        catch (Exception e)
        {
            deed.Failure = e;
        }

        deed.Ended = schedule.Now;
    }
}

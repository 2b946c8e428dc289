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
        SynchronizationContext.SetSynchronizationContext(null); // a real table's client needs other threads
        try
        {
            var worlds = actors.ConvertAll(actor => WorldOf(scenario.Scene, stage, actor, clock));
            SynchronizationContext.SetSynchronizationContext(thread);
            for (var n = 0; n < deeds.Count; n++)
            {
                actors[n].Work = WorkAsync(scenario.Scene, deeds[n], actors[n], stage, worlds[n], schedule);
            }

            var stuck = schedule.Run(thread) ?? FailureOf(actors);
            SynchronizationContext.SetSynchronizationContext(before);
            return new Play(scenario, stage.Rows(), clock, schedule, deeds, stuck);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            actors.ForEach(actor => actor.Dispose());
        }
    }

    /// <summary>A process that has started: it knows the table's own row.</summary>
    private static SessionWorld WorldOf(Scene scene, Stage stage, Actor actor, TestClock clock)
    {
        var world = scene.World(new SteeredTable(stage.Table, actor), clock);
        world.NotBefore.GetAsync(default).AsTask().GetAwaiter().GetResult();
        actor.IsSteered = true;
        return world;
    }

    /// <summary>A caller that never got to its call has shown nothing.</summary>
    private static string? FailureOf(List<Actor> actors) =>
        actors.Select(actor => actor.Work.Exception?.ToString()).FirstOrDefault(failure => failure is not null);

    private static async Task WorkAsync(Scene scene, Deed deed, Actor actor, Stage stage, SessionWorld world, Schedule schedule)
    {
        await actor.BeginAsync(() =>
        {
            deed.Began = schedule.Now;
            deed.KeysBefore = stage.Keys();
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

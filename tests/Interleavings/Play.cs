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

    public static Play Run(Scenario scenario, IChoices choices, Bounds bounds)
    {
        var (rows, clock, thread) = (scenario.Scene.Rows(), scenario.Scene.Clock(), new SingleThread());
        var deeds = scenario.Acts.Select((act, n) => new Deed(act, $"{(char)('a' + n)}")).ToList();
        var actors = deeds.ConvertAll(deed => new Actor(deed.By));
        var schedule = new Schedule(actors, clock, scenario.Jumps, choices, bounds);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            for (var n = 0; n < deeds.Count; n++)
            {
                actors[n].Work = WorkAsync(scenario.Scene, deeds[n], actors[n], rows, clock, schedule);
            }

            return new Play(scenario, rows, clock, schedule, deeds, schedule.Run(thread));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            actors.ForEach(actor => actor.Dispose());
        }
    }

    private static async Task WorkAsync(Scene scene, Deed deed, Actor actor, MemoryTable rows, TestClock clock, Schedule schedule)
    {
        var world = scene.World(new SteeredTable(rows, actor), clock);
        await world.NotBefore.GetAsync(default);
        actor.IsSteered = true;
        await actor.BeginAsync(() =>
        {
            deed.Began = schedule.Now;
            deed.KeysBefore = rows.Keys();
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

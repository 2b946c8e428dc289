using System.Collections.Concurrent;

namespace Interleavings;

/// <summary>A schedule that broke a promise.</summary>
internal sealed record Violation(Scenario Scenario, string Broken, IReadOnlyList<string> Steps, IReadOnlyList<string> Deeds, string Repeat)
{
    public override string ToString() => string.Join(
        Environment.NewLine,
        [$"VIOLATION in {Scenario.Name}", $"  {Broken}", .. Deeds.Select(deed => $"  {deed}"), .. Steps, $"  again: {Repeat}"]);
}

/// <summary>Plays schedules and has each judged.</summary>
internal sealed class Explorer
{
    /// <summary>Without faults: every schedule with up to so many switches. With one fault: up to one switch.</summary>
    private static readonly Bounds[] Whole = [new(Switches: 3, Faults: 0), new(Switches: 1, Faults: 1)];

    private static readonly Bounds Sampled = new(Switches: null, Faults: 3);

    private readonly ConcurrentQueue<Violation> _violations = new();
    private long _played;

    public long Played => Interlocked.Read(ref _played);

    public IReadOnlyCollection<Violation> Violations => _violations;

    /// <summary>Every schedule within the bounds, or the most that were asked for. Returns whether that was all.</summary>
    public bool PlayAll(Scenario scenario, int? most)
    {
        var left = most ?? int.MaxValue;
        foreach (var bounds in Whole)
        {
            var choices = new EveryChoice();
            do
            {
                if (left-- <= 0)
                {
                    return false;
                }

                if (!Play(scenario, choices, bounds, "every schedule"))
                {
                    return true;
                }
            }
            while (choices.Advance());
        }

        return true;
    }

    /// <summary>One schedule at random.</summary>
    public void PlaySample(Scenario scenario, ulong seed, Stage? elsewhere = null) =>
        Play(scenario, new RandomChoice(seed, faults: 0.13), Sampled, $"--scenario \"{scenario.Name}\" --seed {seed}", elsewhere);

    /// <summary>False where it broke a promise: one example a scenario is enough.</summary>
    private bool Play(Scenario scenario, IChoices choices, Bounds bounds, string repeat, Stage? elsewhere = null)
    {
        var play = Interleavings.Play.Run(scenario, choices, bounds, elsewhere);
        Interlocked.Increment(ref _played);
        if (Oracle.Judge(play) is not { } broken)
        {
            return true;
        }

        _violations.Enqueue(new Violation(scenario, broken, [.. play.Schedule.Steps], [.. play.Deeds.Select(deed => deed.ToString())], repeat));
        return false;
    }
}

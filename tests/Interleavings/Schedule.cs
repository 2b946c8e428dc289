using System.Globalization;
using SessionFunctions.Testing;
using Sessions;

namespace Interleavings;

/// <summary>
/// One way in which several callers' calls at the table may follow each other, with faults: an answer is lost and the request sent again,
/// a request arrives late or never, a caller gives up, a process dies, time jumps.
/// </summary>
internal sealed class Schedule(
    IReadOnlyList<Actor> actors, TestClock clock, IReadOnlyList<TimeSpan> jumps, IChoices choices, Bounds bounds, Stage stage)
{
    private const int MostSteps = 400;
    private const int MostWaits = 200;

    private readonly List<(Actor By, SteeredCall Call)> _late = [];
    private readonly List<Func<string>> _steps = [];
    private Actor? _last;
    private int _switches;
    private int _faults;
    private int _waits;

    /// <summary>Steps taken; what happened when is counted in them.</summary>
    public int Now => _steps.Count;

    /// <summary>When time jumped, or past the end where it didn't.</summary>
    public int JumpedAt { get; private set; } = int.MaxValue;

    public bool HadFaults => _faults > 0;

    public IEnumerable<string> Steps => _steps.Select((step, n) => string.Create(CultureInfo.InvariantCulture, $"{n + 1,4}  {step()}"));

    /// <summary>Runs until every caller is done. Returns why it had to stop before, if so.</summary>
    public string? Run(SingleThread thread)
    {
        while (true)
        {
            thread.RunUntilIdle();
            if (Now >= MostSteps)
            {
                return $"no end after {MostSteps} steps";
            }

            var moves = Moves();
            if (moves.Count > 0)
            {
                moves[choices.Next(moves.Count, Usual(moves))].Make();
                clock.Advance(TimeSpan.FromMilliseconds(1));
            }
            else if (actors.All(actor => actor.IsDone))
            {
                return null;
            }
            else if (_waits++ == MostWaits)
            {
                return "a caller waits for nothing";
            }
            else
            {
                clock.Advance(TimeSpan.FromMilliseconds(100)); // somebody waits for time to pass
            }
        }
    }

    private static int Usual(List<Move> moves) => moves.TakeWhile(move => !move.IsFault).Count();

    /// <summary>What may happen next: the usual first, then the faults.</summary>
    private List<Move> Moves()
    {
        var able = actors.Where(actor => actor.Waiting.Count > 0).ToList();
        var goesOn = _last is { Waiting.Count: > 0 } ? _last : null;
        if (goesOn is not null)
        {
            able.Remove(goesOn);
            able = bounds.Switches is { } most && _switches >= most ? [goesOn] : [goesOn, .. able];
        }

        var moves = new List<Move>();
        foreach (var actor in able)
        {
            moves.Add(new Move(() => CarryOut(actor, actor.Next), IsFault: false));
        }

        foreach (var (by, call) in _late)
        {
            moves.Add(new Move(() => Arrive(by, call), IsFault: false));
        }

        if (_late.Count > 0 && able.Count == 0)
        {
            moves.Add(new Move(Forget, IsFault: false));
        }

        if (_faults < bounds.Faults)
        {
            foreach (var actor in able.Where(actor => !actor.Next.IsBeginning))
            {
                moves.AddRange(Faults(actor, actor.Next));
            }

            if (able.Count > 0 && JumpedAt == int.MaxValue)
            {
                moves.AddRange(jumps.Select(jump => new Move(() => Jump(jump), IsFault: true)));
            }
        }

        return moves;
    }

    private IEnumerable<Move> Faults(Actor actor, SteeredCall call)
    {
        if (call.IsWrite && !call.IsRepeated)
        {
            yield return new Move(() => LoseAnswer(actor, call), IsFault: true);
        }

        yield return new Move(() => Fail(actor, call), IsFault: true);
        yield return new Move(() => Die(actor, call), IsFault: true);
        if (!actor.HasGivenUp)
        {
            yield return new Move(() => GiveUp(actor), IsFault: true);
        }
    }

    private void CarryOut(Actor actor, SteeredCall call)
    {
        Turn(actor);
        actor.Waiting.Remove(call);
        var text = call.Text;
        var result = call.CarryOut();
        Note(() => $"{actor.Name}: {text}: {result}");
        call.Answer();
    }

    /// <summary>The client below sends the same again; what it meets then is its own work.</summary>
    private void LoseAnswer(Actor actor, SteeredCall call)
    {
        Fault(actor);
        var text = call.Text;
        var result = call.LoseAnswer(stage);
        call.IsRepeated = true;
        Note(() => $"{actor.Name}: {text}: {result}, answer lost, sent again");
    }

    /// <summary>No answer. The request may arrive at any later time, or never.</summary>
    private void Fail(Actor actor, SteeredCall call)
    {
        Fault(actor);
        actor.Waiting.Remove(call);
        Delay(actor, call);
        Note(() => $"{actor.Name}: {call.Text}: no answer");
        call.Fail(new StorageUnavailableException("No answer."));
    }

    private void Die(Actor actor, SteeredCall call)
    {
        Fault(actor);
        Note(() => $"{actor.Name}: {call.Text}: dies before the answer");
        actor.Die();
        Delay(actor, call);
    }

    /// <summary>A call that goes on all the same isn't given up with its caller.</summary>
    private void GiveUp(Actor actor)
    {
        Fault(actor);
        Note(() => $"{actor.Name}: gives up");
        actor.GiveUp();
        foreach (var call in actor.Waiting.Where(call => call.IsGivenUp).ToList())
        {
            actor.Waiting.Remove(call);
            Delay(actor, call);
            call.Fail(new OperationCanceledException(actor.Cancellation));
        }
    }

    private void Jump(TimeSpan jump)
    {
        _faults++;
        Note(() => $"time jumps by {jump}");
        JumpedAt = Now;
        clock.Advance(jump);
    }

    private void Delay(Actor actor, SteeredCall call)
    {
        if (call.IsWrite)
        {
            _late.Add((actor, call));
        }
    }

    private void Arrive(Actor by, SteeredCall call)
    {
        _late.Remove((by, call));
        var text = call.Text;
        var result = call.CarryOut();
        Note(() => $"{by.Name}: arrives late: {text}: {result}");
    }

    private void Forget()
    {
        Note(() => "what is late never arrives");
        _late.Clear();
    }

    private void Fault(Actor actor)
    {
        _faults++;
        Turn(actor);
    }

    private void Turn(Actor actor)
    {
        if (_last is { Waiting.Count: > 0 } && _last != actor)
        {
            _switches++;
        }

        _last = actor;
    }

    private void Note(Func<string> step) => _steps.Add(step);

    private sealed record Move(Action Make, bool IsFault);
}

using Microsoft.Extensions.Time.Testing;
using Sessions;
using Sessions.Table;

namespace SessionFunctions.Testing.Model.Faults;

/// <summary>
/// Random calls one after another on a table under faults, each answer compared with a plain model. How many of a call's writes were carried
/// out decides how far the model goes along: all of them where there was an answer, else so many as there were.
/// </summary>
internal sealed class FaultyRun
{
    private const int AuditEvery = 100;
    private const int MostRepeats = 50;
    private const int LinesInFailure = 60;

    /// <summary>How long a write that was given up may still be on its way.</summary>
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(30);

    private readonly int _seed;
    private readonly ITable _rows;
    private readonly TestClock _clock = new();
    private readonly FakeTimeProvider _markClock = new();
    private readonly Action<WorldSettings> _configure;
    private readonly List<LateWrite> _late = [];
    private readonly Queue<string> _story = new();
    private long _markKnown;
    private SessionWorld _service;
    private PlainWorld _world = new();
    private PlainSettings _settings = null!;

    private FaultyRun(int seed, ITable rows, FaultyRunOptions options)
    {
        (_seed, _rows) = (seed, rows);
        Table = new TableUnderFaults(rows, options.Share, options.InsertsComeAgain);
        var kind = seed % 3;
        var most = kind == 0 ? 0 : 3;
        _configure = settings =>
        {
            (settings.Shards, settings.MaxDataBytes) = (1, ModelRun.MaxDataBytes);
            (settings.MaxPerUser, settings.UserOverflow) = (most, kind == 2 ? "reject" : "evict-oldest");
        };
        (_service, MaxPerUser, Rejects) = (NewProcess(), most, kind == 2);
    }

    public TableUnderFaults Table { get; }

    public SortedDictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    public int Operations { get; private set; }

    private int MaxPerUser { get; }
    private bool Rejects { get; }
    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Runs so many calls on a fresh table, and then the cleanup past all deadlines.</summary>
    /// <param name="seed">
    /// Decides everything but the ids and secrets; also whether there is a limit of sessions per user (two of three), and what it does.
    /// </param>
    /// <param name="rows">The table.</param>
    /// <param name="options">What may go wrong.</param>
    public static async Task<FaultyRun> RunAsync(int seed, ITable rows, FaultyRunOptions options)
    {
        var run = new FaultyRun(seed, rows, options);
        try
        {
            await run.BeginAsync();
            var calls = new PlainCalls(seed);
            while (run.Operations < options.Operations)
            {
                await run.StepAsync(calls);
            }

            await run.EndAsync();
            return run;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(
                $"Seed {seed}, operation {run.Operations}: {e.Message}\n{string.Join('\n', run._story)}", e);
        }
    }

    private SessionWorld NewProcess() => new(Table, _configure, _clock, _markClock);

    private async Task BeginAsync()
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var user in PlainCalls.Users)
        {
            keys[user] = (await _service.KeyOfAsync(user)).ToString();
        }

        _settings = new PlainSettings(MaxPerUser, Rejects, ModelRun.MaxDataBytes, keys);
    }

    private async Task StepAsync(PlainCalls calls)
    {
        await PassAsync(calls.NextPause(_world, Now));
        var call = calls.Next(_world, Now);
        var answered = await CarryOutAsync(call, calls);
        for (var again = 0; !answered && call.IsRepeatable && again < MostRepeats && calls.Repeats(); again++)
        {
            await PassAsync(TimeSpan.FromMilliseconds(200));
            answered = await CarryOutAsync(call with { Name = $"again: {call.Name}" }, calls);
        }

        LimitHolds();
        if (Operations % AuditEvery == 0 || !answered)
        {
            await AuditAsync();
        }
    }

    /// <summary>Returns whether there was an answer.</summary>
    private async Task<bool> CarryOutAsync(PlainCall call, PlainCalls calls)
    {
        Operations++;
        if (_world.Mark != _markKnown || Operations % 4 == 0)
        {
            _markClock.Advance(TimeSpan.FromSeconds(61)); // so that the call looks at the table's own row for itself
        }

        Table.Begin(call.IsCalm ? null : new Random(unchecked((_seed * 1_000_003) + Operations)));
        var facts = new Facts();
        string? answer;
        try
        {
            answer = await call.Make(_service, facts);
        }
        catch (Exception e) when (e is StorageUnavailableException or ProcessDiedException)
        {
            answer = null;
        }

        answer = Table.IsDead ? null : answer;
        (facts.Writes, facts.Id) = (Table.Applied + (Table.Late is null ? 0 : 1), Table.MadeId ?? facts.Id);
        Tell($"{Operations,6} {Now} {call.Name} -> {answer ?? "no answer"}{(Table.IsHit ? $" (hit, {Table.Applied} writes done)" : "")}");
        Compare(call, answer, facts);
        Note($"{call.Kind}: {(answer is null ? "unanswered" : answer.StartsWith("refused", StringComparison.Ordinal) ? answer : "answered")}");
        calls.Made(call, facts, answer, Table.MadeId);
        if (Table.IsDead)
        {
            _service = NewProcess();
        }

        _markKnown = answer is not null ? _world.Mark : _markKnown;
        return answer is not null;
    }

    private void Compare(PlainCall call, string? answer, Facts facts)
    {
        var plan = new PlainService(_world, Now, _settings, facts);
        var expected = call.Plan(plan);
        if (answer is not null && !(call.IsCleanup && Table.IsHit))
        {
            Assert.Equal(expected, answer);
            Assert.Equal(plan.Writes.Count, Table.Applied);
        }

        Assert.InRange(Table.Applied, 0, plan.Writes.Count);
        _world = plan.After(Table.Applied);
        foreach (var note in answer is null ? [] : plan.Notes)
        {
            Note(note);
        }

        if (Table.Late is { } batch)
        {
            // One that was done already, and whose answer was lost, may be tried in another way: that must come to nothing.
            PlainWrite write = Table.Applied < plan.Writes.Count ? plan.Writes[Table.Applied] : _ => null;
            _late.Add(new LateWrite(batch, write, Operations + 1 + (Operations % 7), _clock.GetUtcNow() + Latest));
        }

        foreach (var (again, before) in Table.Again)
        {
            _late.Add(new LateWrite(again, plan.Writes[before], Operations + 1 + (Operations % 5), _clock.GetUtcNow() + Latest) { IsAgain = true });
        }
    }

    /// <summary>Lets time pass, and what is late arrive before it is too late.</summary>
    private async Task PassAsync(TimeSpan pause)
    {
        foreach (var late in _late.FindAll(late => late.Due <= Operations || late.Latest <= _clock.GetUtcNow() + pause))
        {
            _late.Remove(late);
            var isDone = (await _rows.SubmitAsync(late.Batch, default)).Conflict is null;
            var after = late.Write(_world);
            Tell($"       a {(late.IsAgain ? "repeated" : "late")} write {(isDone ? "arrives" : "is refused")}: {string.Join(", ", late.Batch.Operations.Select(each => $"{each.Action} {each.Key}"))}");
            Note($"{(late.IsAgain ? "repeated" : "late")} write {(isDone ? "done" : "refused")}");
            Assert.Equal(after is not null, isDone);
            Assert.True(!late.IsAgain || after is null || after.Shows(_world), "A write that arrives a second time changes something.");
            _world = after ?? _world;
        }

        _clock.Advance(pause);
    }

    private void LimitHolds()
    {
        foreach (var user in PlainCalls.Users)
        {
            var live = _world.LiveOf(user, Now).Count(session => !session.IsReserved);
            Assert.True(MaxPerUser == 0 || live <= MaxPerUser, $"{user} has {live} sessions.");
        }
    }

    private Task AuditAsync()
    {
        Table.Begin(chance: null);
        return PlainAudit.CheckAsync(_service, _world, _settings);
    }

    private async Task EndAsync()
    {
        await PassAsync(TimeSpan.FromDays(200));
        Table.Begin(chance: null);
        _service = NewProcess();
        await _service.Cleanup.RunAsync(default);
        Assert.Empty(await _service.RowsAsync());
        Assert.NotNull(await _rows.FindAsync("table", "m:table", default));
    }

    private void Tell(string line)
    {
        _story.Enqueue(line);
        if (_story.Count > LinesInFailure)
        {
            _story.Dequeue();
        }
    }

    private void Note(string outcome) => Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;

    /// <summary>A write that arrives later than its caller counted on.</summary>
    private sealed record LateWrite(RowBatch Batch, PlainWrite Write, int Due, DateTimeOffset Latest)
    {
        /// <summary>Whether it was carried out once already.</summary>
        public bool IsAgain { get; init; }
    }
}

/// <summary>How long a run is, and what goes wrong in it.</summary>
/// <param name="Operations">How many calls.</param>
/// <param name="Share">Which share of the requests to the table is hit.</param>
/// <param name="InsertsComeAgain">See <see cref="TableUnderFaults"/>.</param>
internal sealed record FaultyRunOptions(int Operations, double Share, bool InsertsComeAgain = false);

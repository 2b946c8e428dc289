using System.Runtime.CompilerServices;
using Sessions.Table;

namespace Interleavings;

/// <summary>A table on which each call waits until the schedule says that it is its turn, and what becomes of it.</summary>
internal sealed class SteeredTable(ITable inner, Actor actor) : ITable
{
    private static readonly IReadOnlyList<Row> Nothing = [];

    public Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation) =>
        SteerAsync(() => $"find {partition}/{key}", isWrite: false, () => inner.FindAsync(partition, key, CancellationToken.None), cancellation);

    public async IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var pages = inner.RangeAsync(range, CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        var page = Nothing;
        do
        {
            page = await SteerAsync(() => $"range {range.Partition}/{range.From}", isWrite: false, () => NextAsync(pages), cancellation);
            yield return page;
        }
        while (page.Count == TableLimits.PageRows);
    }

    public Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation) =>
        SteerAsync(() => Describe(batch), isWrite: true, () => inner.SubmitAsync(batch, CancellationToken.None), cancellation);

    private Task<T> SteerAsync<T>(Func<string> describe, bool isWrite, Func<Task<T>> carryOut, CancellationToken cancellation)
    {
        if (!actor.IsSteered)
        {
            return carryOut();
        }

        var call = new SteeredCall<T>(describe, isWrite, carryOut, cancellation);
        actor.Waiting.Add(call);
        return call.Answered;
    }

    /// <summary>The table in memory gives an empty page first, as the real service may: no call of its own.</summary>
    private static async Task<IReadOnlyList<Row>> NextAsync(IAsyncEnumerator<IReadOnlyList<Row>> pages)
    {
        while (await pages.MoveNextAsync())
        {
            if (pages.Current.Count > 0)
            {
                return pages.Current;
            }
        }

        return Nothing;
    }

    private static string Describe(RowBatch batch) => $"submit {batch.Partition} " + string.Join(", ", batch.Operations.Select(operation =>
        $"{operation.Action.ToString().ToLowerInvariant()} {operation.Key}{(operation.ETag is null ? "" : $" if {operation.ETag}")}"));
}

/// <summary>A call at the table that hasn't been carried out.</summary>
internal abstract class SteeredCall(Func<string> describe, bool isWrite, CancellationToken cancellation)
{
    public bool IsWrite => isWrite;

    /// <summary>Whether the caller, in giving up, gives up this call.</summary>
    public bool IsGivenUp => cancellation.IsCancellationRequested;

    /// <summary>Carried out once already, its answer lost on the way.</summary>
    public bool IsRepeated { get; set; }

    /// <summary>Not a call at the table yet: nothing can go wrong with it.</summary>
    public bool IsBeginning { get; init; }

    public string Text => describe();

    /// <summary>Carries it out at the table. Returns what came of it, in words.</summary>
    public abstract string CarryOut();

    /// <summary>Carries it out at the table, and what came of it doesn't get back: it is carried out again the next time.</summary>
    public abstract string LoseAnswer(Stage stage);

    /// <summary>Tells the caller, who goes on at once.</summary>
    public abstract void Answer();

    public abstract void Fail(Exception exception);
}

internal sealed class SteeredCall<T>(Func<string> describe, bool isWrite, Func<Task<T>> carryOut, CancellationToken cancellation)
    : SteeredCall(describe, isWrite, cancellation)
{
    private readonly TaskCompletionSource<T> _answer = new();
    private T? _result;
    private Func<Task<T>> _carryOut = carryOut;

    public Task<T> Answered => _answer.Task;

    public override string CarryOut()
    {
        _result = OnOtherThreads(() => _carryOut().GetAwaiter().GetResult());
        return _result switch
        {
            BatchOutcome { Conflict: { } conflict } outcome => $"{conflict} (operation {outcome.Index})",
            BatchOutcome => "done",
            IReadOnlyList<Row> rows => $"{rows.Count} rows",
            null => "nothing",
            _ => "found",
        };
    }

    public override string LoseAnswer(Stage stage)
    {
        if (OnOtherThreads(() => stage.LoseAnswer(_carryOut)) is not { } again)
        {
            return CarryOut();
        }

        _carryOut = again;
        return "carried out";
    }

    public override void Answer() => _answer.SetResult(_result!);

    public override void Fail(Exception exception) => _answer.SetException(exception);

    /// <summary>A real table's client needs other threads, for which the schedule's own waits here.</summary>
    private static TResult OnOtherThreads<TResult>(Func<TResult> call)
    {
        var steered = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return call();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(steered);
        }
    }
}

/// <summary>One of the callers of a schedule, in a process of its own: it shares nothing with the others but the table.</summary>
internal sealed class Actor(string name) : IDisposable
{
    private readonly CancellationTokenSource _givesUp = new();

    public string Name => name;

    /// <summary>Off while the schedule is being set up: calls go straight through.</summary>
    public bool IsSteered { get; set; }

    public List<SteeredCall> Waiting { get; } = [];

    /// <summary>
    /// Of several calls at once (the cleanup's) always the same one is first: it is the order of different callers' calls that is explored.
    /// </summary>
    public SteeredCall Next => Waiting.Count == 1 ? Waiting[0] : Waiting.MinBy(call => call.Text, StringComparer.Ordinal)!;

    public CancellationToken Cancellation => _givesUp.Token;

    public bool HasGivenUp => _givesUp.IsCancellationRequested;

    /// <summary>Its process has died: nothing of it goes on.</summary>
    public bool IsDead { get; private set; }

    public Task Work { get; set; } = Task.CompletedTask;

    public bool IsDone => IsDead || Work.IsCompleted;

    /// <summary>Its call begins when the schedule says so.</summary>
    public Task BeginAsync(Action begin)
    {
        var call = new SteeredCall<object?>(
            () => "begins",
            isWrite: false,
            () =>
            {
                begin();
                return Task.FromResult<object?>(null);
            },
            CancellationToken.None)
        {
            IsBeginning = true,
        };
        Waiting.Add(call);
        return call.Answered;
    }

    public void GiveUp() => _givesUp.Cancel();

    public void Die()
    {
        IsDead = true;
        Waiting.Clear();
    }

    public void Dispose() => _givesUp.Dispose();
}

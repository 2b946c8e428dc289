using System.Runtime.CompilerServices;
using Sessions;
using Sessions.Table;

namespace SessionFunctions.Testing.Model.Faults;

/// <summary>
/// A table at whose calls chance strikes: the answer is lost and the call sent again, or nobody hears what came of it, or the process dies, or
/// a write that was given up arrives later. It keeps count of what was carried out.
/// </summary>
/// <param name="inner">The table.</param>
/// <param name="share">Of the calls, which share is hit.</param>
/// <param name="insertsComeAgain">
/// Whether a session's insert may arrive a second time, late, too. Deleted in between, the session comes back then.
/// </param>
internal sealed class TableUnderFaults(ITable inner, double share, bool insertsComeAgain) : ITable
{
    private Random? _chance;

    /// <summary>Calls that could be hit.</summary>
    public int Calls { get; private set; }

    /// <summary>How often each fault struck.</summary>
    public SortedDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether any call of this operation was hit.</summary>
    public bool IsHit { get; private set; }

    /// <summary>Whether the process has died in this operation: none of its calls gets through any more.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Batches of this operation that were carried out, each counted once.</summary>
    public int Applied { get; private set; }

    /// <summary>The id of the session that this operation makes, if it does.</summary>
    public string? MadeId { get; private set; }

    /// <summary>What is still on its way of this operation.</summary>
    public RowBatch? Late { get; private set; }

    /// <summary>What was carried out, each with how many were before, and is sent a second time that arrives later.</summary>
    public List<(RowBatch Batch, int Before)> Again { get; } = [];

    /// <summary>Begins an operation; without chance nothing goes wrong.</summary>
    public void Begin(Random? chance)
    {
        (_chance, IsHit, IsDead, Applied, MadeId, Late) = (chance, false, false, 0, null, null);
        Again.Clear();
    }

    public Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation)
    {
        BeforeRead();
        return inner.FindAsync(partition, key, cancellation);
    }

    public async IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        BeforeRead();
        await foreach (var page in inner.RangeAsync(range, cancellation))
        {
            yield return page;
        }
    }

    public async Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
    {
        var isHit = IsNextHit();
        MadeId ??= batch.Operations.FirstOrDefault(each => each.Action == RowAction.Insert && each.Key[0] == 's')?.Key[2..];
        if (!isHit)
        {
            return await CarryOutAsync(batch);
        }

        switch (_chance!.Next(100))
        {
            case < 12 when insertsComeAgain || batch.Operations[0].Action != RowAction.Insert:
                Note("sent twice, once late");
                var before = Applied;
                var outcome = await CarryOutAsync(batch);
                if (outcome.Conflict is null)
                {
                    Again.Add((batch, before));
                }

                return outcome;

            case < 35:
                Note("sent twice");
                await CarryOutAsync(batch);
                return await inner.SubmitAsync(batch, default);

            case < 55:
                Note("write done, no answer");
                await CarryOutAsync(batch);
                throw new StorageUnavailableException("no answer");

            case < 67:
                Note("write not done");
                throw new StorageUnavailableException("no answer");

            case < 77:
                Note("died after a write");
                await CarryOutAsync(batch);
                throw Dead();

            case < 85:
                Note("died before a write");
                throw Dead();

            default:
                Note("write given up, arrives later");
                Late = batch;
                throw new StorageUnavailableException("no answer");
        }
    }

    private async Task<BatchOutcome> CarryOutAsync(RowBatch batch)
    {
        var outcome = await inner.SubmitAsync(batch, default);
        Applied += outcome.Conflict is null ? 1 : 0;
        return outcome;
    }

    private void BeforeRead()
    {
        if (!IsNextHit())
        {
            return;
        }

        if (_chance!.Next(4) == 0)
        {
            Note("died at a read");
            throw Dead();
        }

        Note("read not answered");
        throw new StorageUnavailableException("no answer");
    }

    private bool IsNextHit()
    {
        if (IsDead)
        {
            throw new ProcessDiedException();
        }

        Calls += _chance is null ? 0 : 1;
        return _chance?.NextDouble() < share;
    }

    private ProcessDiedException Dead()
    {
        IsDead = true;
        return new ProcessDiedException();
    }

    private void Note(string fault)
    {
        IsHit = true;
        Faults[fault] = Faults.GetValueOrDefault(fault) + 1;
    }
}

using Sessions.Table;

namespace SessionFunctions.Testing;

/// <summary>Counts the rows that batches write.</summary>
public sealed class RowCounter(ITable inner) : TableOver(inner)
{
    public int Written { get; private set; }

    public void Reset() => Written = 0;

    public override Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
    {
        Written += batch.Operations.Count;
        return base.SubmitAsync(batch, cancellation);
    }
}

using Sessions.Table;

namespace Interleavings;

/// <summary>Where a schedule is played: a table with a scene's rows.</summary>
internal abstract class Stage
{
    public abstract ITable Table { get; }

    /// <summary>The rows as they are now, for the oracle to look at.</summary>
    public abstract MemoryTable Rows();

    /// <summary>
    /// Has the answer of the next request lost, and the request sent again at once by the client itself. False where there is no client: then
    /// the schedule sends it again, whenever it likes.
    /// </summary>
    public virtual bool LoseNextAnswer() => false;
}

internal sealed class MemoryStage(MemoryTable rows) : Stage
{
    public override ITable Table => rows;

    public override MemoryTable Rows() => rows;
}

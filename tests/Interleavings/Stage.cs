using Sessions.Table;

namespace Interleavings;

/// <summary>Where a schedule is played: a table with a scene's rows.</summary>
internal abstract class Stage
{
    public abstract ITable Table { get; }

    /// <summary>The rows as they are now, for the oracle to look at.</summary>
    public abstract MemoryTable Rows();

    public abstract IReadOnlyList<string> Keys();

    /// <summary>
    /// Has a call carried out and its answer lost. Returns how the client beneath sends it again; null where there is no client: then the
    /// call is made a second time.
    /// </summary>
    public virtual Func<Task<T>>? LoseAnswer<T>(Func<Task<T>> call) => null;
}

internal sealed class MemoryStage(MemoryTable rows) : Stage
{
    public override ITable Table => rows;

    public override MemoryTable Rows() => rows;

    public override IReadOnlyList<string> Keys() => rows.Keys();
}

using SessionFunctions.Testing;
using Sessions.Table;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>A table that works until it is told not to.</summary>
internal sealed class FailingTable() : TableOver(new MemoryTable())
{
    /// <summary>What every call fails with from now on.</summary>
    public Func<Exception>? Fault { get; set; }

    protected override ITable Inner => Fault is null ? base.Inner : throw Fault();
}

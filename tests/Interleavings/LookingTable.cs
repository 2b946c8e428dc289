using SessionFunctions.Testing;
using Sessions.Table;

namespace Interleavings;

/// <summary>A table that shows now one state and now another, so that one world can look at several.</summary>
internal sealed class LookingTable(ITable shown) : TableOver(shown)
{
    public void Show(ITable table) => Inner = table;
}

namespace Sessions.Data.Patch;

/// <summary>
/// Counts the work of one patch, in steps that each take about as long as looking at one value. How many it may take is linear in what
/// was sent and what is there, so that no call costs much more than sending and storing as much does.
/// </summary>
/// <remarks>
/// Asked after each operation: one alone is linear in the data as it is then, and a refusal leaves the data that was as it is.
/// </remarks>
internal sealed class PatchWork(int bytes)
{
    /// <summary>Enough for a thousand operations on single members of an object or list that has a few thousand.</summary>
    private const long AnyPatch = 4_000_000;

    private const int StepsPerByte = 12;

    /// <summary>Members of a list move in one block, eight bytes each; those of an object are hashed into their places anew.</summary>
    private const int ListMembersPerStep = 32;

    private const int ReadBytesPerStep = 4;
    private const int CopiedBytesPerStep = 2;

    /// <summary>A copy is allocated, and later written and checked with the data.</summary>
    private const int StepsPerCopiedNode = 8;
    private const int StepsPerCopiedContainer = 32;

    /// <summary>A copy of a copy doubles the data with each operation: copies have a bound long before memory has.</summary>
    private const int MaxCopiedBytes = 4 * 1024 * 1024;

    private static readonly Refusal TooMuch = Refusal.NotAllowed(
        "Up to here it takes more work than a patch of this length on data of this size may. "
        + "Send it in smaller parts, send a merge patch, or replace the data.");

    private long _left = AnyPatch + ((long)StepsPerByte * bytes);

    private long _copied;

    public Refusal? Exceeded => _left < 0 ? TooMuch : null;

    public void Shift(int membersOfList) => _left -= 1 + (membersOfList / ListMembersPerStep);

    public void Rehash(int membersOfObject) => _left -= 1 + membersOfObject;

    public void Visit(NodeSize size) => _left -= size.Nodes;

    public void Compare(NodeSize size) => _left -= size.Nodes + (size.Bytes / ReadBytesPerStep);

    /// <summary>Asked before a copy is made.</summary>
    public Refusal? Copy(NodeSize size)
    {
        _left -= (size.Nodes * StepsPerCopiedNode) + (size.Containers * StepsPerCopiedContainer) + (size.Bytes / CopiedBytesPerStep);
        _copied += size.Bytes;
        return _copied > MaxCopiedBytes ? Refusal.TooLarge($"The copies of one patch may add up to {MaxCopiedBytes} bytes.") : null;
    }
}

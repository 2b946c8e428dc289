namespace Sessions;

/// <summary>Why a session ended before its time. Stands in its row until that is deleted.</summary>
internal enum SessionEnd
{
    LogOut,
    Operator,
    Sibling,
    Replay,
    Limit,
    Overtaken,
}

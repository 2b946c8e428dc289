using Sessions.Table;

namespace Sessions.Rows;

/// <summary>
/// Tells a session's rows that it is over, whatever they have become: under any ETag, so that whoever is writing them loses, and by keys
/// that never move.
/// </summary>
internal static class EndMark
{
    /// <param name="batch">Changes rows of the session's shard.</param>
    /// <param name="id">The session.</param>
    /// <param name="user">In whose list it is; null where it is in none.</param>
    /// <param name="end">Why it ends.</param>
    public static RowBatch End(this RowBatch batch, SessionId id, string? user, SessionEnd end)
    {
        batch.Merge(RowKeys.Session(id), SessionRow.EncodeEnd(end), etag: null);
        return user is null ? batch : batch.Merge(RowKeys.Listed(user, id), ListedSessionRow.EncodeEnd(), etag: null);
    }
}

using Sessions.Table;

namespace Sessions.Rows;

/// <summary>
/// A session's rows, changed together in one batch each, so that no index can be stale and nothing orphaned. Updates never insert:
/// a request in flight can't bring back a session that was deleted meanwhile.
/// </summary>
internal sealed class SessionRows(ITable table, SessionRow rows)
{
    /// <summary>One round trip.</summary>
    public async Task<StoredSession?> FindAsync(SessionId id, CancellationToken cancellation)
    {
        var row = await table.FindAsync(id.Shard.ToString(), RowKeys.Session(id), cancellation);
        return row is null ? null : new StoredSession(rows.Decode(row, id), row.ETag, SessionRow.WritesOf(row));
    }

    /// <summary>One round trip. Changed where something else in the batch was in the way.</summary>
    /// <param name="also">Adds what must happen together with it.</param>
    public async Task<SessionWrite> InsertAsync(Session session, CancellationToken cancellation, Action<RowBatch>? also = null)
    {
        var writes = default(WriteLog).Next();
        if (rows.Encode(session, writes) is not { } columns)
        {
            return WriteOutcome.TooLarge;
        }

        var batch = new RowBatch(session.Id.Shard.ToString()).Insert(RowKeys.Session(session.Id), columns);
        SessionIndexes.Add(batch, session);
        also?.Invoke(batch);
        return await SubmitAsync(batch, session, writes, cancellation);
    }

    /// <summary>One round trip.</summary>
    public async Task<SessionWrite> ReplaceAsync(StoredSession before, Session after, CancellationToken cancellation)
    {
        var writes = before.Writes.Next();
        var batch = new RowBatch(after.Id.Shard.ToString());
        var (was, now) = (before.Session.Lifetime, after.Lifetime);
        if (after with { Lifetime = now with { Seen = was.Seen, Expires = was.Expires } } == before.Session)
        {
            batch.Merge(RowKeys.Session(after.Id), SessionRow.EncodeSlide(after, writes), before.ETag);
        }
        else if (rows.Encode(after, writes) is { } columns)
        {
            batch.Replace(RowKeys.Session(after.Id), columns, before.ETag);
        }
        else
        {
            return WriteOutcome.TooLarge;
        }

        SessionIndexes.Move(batch, before.Session, after);
        return await SubmitAsync(batch, after, writes, cancellation);
    }

    /// <summary>
    /// One round trip; false where the session was renewed since it was read. Its ETag needn't match: the index row's key holds the expiry,
    /// so the batch can't succeed on a session that has moved on.
    /// </summary>
    public async Task<bool> DeleteAsync(Session session, CancellationToken cancellation) =>
        (await table.SubmitAsync(Deletion(session), cancellation)).Conflict is null || await FindAsync(session.Id, cancellation) is null;

    private static RowBatch Deletion(Session session)
    {
        var batch = new RowBatch(session.Id.Shard.ToString()).Delete(RowKeys.Session(session.Id));
        SessionIndexes.Remove(batch, session);
        return batch;
    }

    private async Task<SessionWrite> SubmitAsync(RowBatch batch, Session session, WriteLog writes, CancellationToken cancellation)
    {
        var outcome = await table.SubmitAsync(batch, cancellation);
        if (outcome.Conflict is null)
        {
            return new StoredSession(session, outcome.ETag(0), writes);
        }

        var row = await table.FindAsync(batch.Partition, batch.Operations[0].Key, cancellation);
        return row is not null && SessionRow.WritesOf(row).HasNewestOf(writes) ? new StoredSession(session, row.ETag, SessionRow.WritesOf(row))
            : outcome is { Conflict: RowConflict.Exists, Index: 0 } ? WriteOutcome.Taken
            : row is null && batch.Operations[0].Action != RowAction.Insert ? WriteOutcome.Gone
            : WriteOutcome.Changed;
    }
}

/// <summary>A session as it was read, with what a write needs to be sure that it still is so.</summary>
internal sealed record StoredSession(Session Session, string ETag, WriteLog Writes);

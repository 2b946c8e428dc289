using Sessions.Table;

namespace Sessions.Rows;

/// <summary>
/// A session's rows, changed together in one batch each, so that no index can be stale and nothing orphaned. Updates never insert:
/// a request in flight can't bring back a session that was deleted meanwhile.
/// </summary>
internal sealed class SessionRows(ITable table, SessionRow rows, TimeProvider time)
{
    /// <summary>One round trip.</summary>
    public async ValueTask<StoredSession?> FindAsync(SessionId id, CancellationToken cancellation) =>
        await table.FindAsync(id.Shard.ToString(), RowKeys.Session(id), cancellation) is { } row ? new StoredSession(id, row, rows) : null;

    /// <summary>One round trip. Changed where something else in the batch was in the way.</summary>
    /// <param name="session">The new session.</param>
    /// <param name="log">The writes of the session that it goes on from, if it does.</param>
    /// <param name="reserved">Whether a sign-in has yet to bring it to life.</param>
    /// <param name="room">The user's limit, if there is one to keep.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SessionWrite> InsertAsync(
        Session session, WriteLog log, bool reserved, Room? room, CancellationToken cancellation)
    {
        var write = Write.Next(log, time);
        if (rows.Encode(session, write.Log, reserved) is not { } columns)
        {
            return WriteOutcome.TooLarge;
        }

        var batch = new RowBatch(session.Id.Shard.ToString()).Insert(RowKeys.Session(session.Id), columns);
        SessionIndexes.Add(batch, session, reserved);
        room?.AddTo(batch, session);
        return await SubmitAsync(batch, session, write, cancellation);
    }

    /// <summary>One round trip. A session that was reserved comes to life.</summary>
    /// <param name="before">As it was read.</param>
    /// <param name="after">As it is to be.</param>
    /// <param name="id">The write's id, where a caller may make the same write again.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="room">The user's limit, if there is one to keep.</param>
    public Task<SessionWrite> ReplaceAsync(
        StoredSession before, Session after, ulong? id, CancellationToken cancellation, Room? room = null) =>
        ReplaceAsync(before, after, reserved: false, id, room, cancellation);

    /// <summary>One round trip. A session that was reserved stays so.</summary>
    public Task<SessionWrite> ReplaceReservedAsync(StoredSession before, Session after, CancellationToken cancellation) =>
        ReplaceAsync(before, after, reserved: true, id: null, room: null, cancellation);

    /// <summary>
    /// One round trip. From here on the session is another one, and nothing opens by its own id; what is left says so for a while.
    /// </summary>
    public Task<SessionWrite> HandOverAsync(StoredSession before, Handover handover, CancellationToken cancellation)
    {
        var write = Write.Next(before.Writes, time);
        var batch = new RowBatch(before.Id.Shard.ToString())
            .Replace(RowKeys.Session(before.Id), SessionRow.EncodeHandover(before.Session, handover, write.Log), before.ETag);
        SessionIndexes.Leave(batch, before, handover.Ends);
        return SubmitAsync(batch, session: null, write, cancellation);
    }

    /// <summary>One round trip. Gone where there is none any more, whoever deleted it; Changed where it isn't as it was read.</summary>
    public async Task<WriteOutcome> DeleteAsync(StoredSession stored, CancellationToken cancellation)
    {
        var batch = new RowBatch(stored.Id.Shard.ToString()).Delete(RowKeys.Session(stored.Id), stored.ETag);
        foreach (var key in SessionIndexes.KeysOf(stored))
        {
            batch.Delete(key);
        }

        var outcome = await table.SubmitAsync(batch, cancellation);
        return outcome.Conflict is null ? WriteOutcome.Written
            : outcome is { Conflict: RowConflict.Missing, Index: 0 } ? WriteOutcome.Gone
            : WriteOutcome.Changed;
    }

    /// <summary>
    /// Ends it for good, whatever it has become since it was read. This can't lose: what is being written at the same time names an ETag
    /// that is no longer right. False where there is none any more. One round trip, and one more for a session that was just handed over.
    /// </summary>
    public async Task<bool> EndAsync(StoredSession stored, SessionEnd end, CancellationToken cancellation)
    {
        var outcome = await EndAsync(stored.UserKey);
        if (outcome is { Conflict: RowConflict.Missing, Index: > 0 })
        {
            outcome = await EndAsync(user: null); // it isn't in the list any more
        }

        return outcome.Conflict is null;

        Task<BatchOutcome> EndAsync(string? user) =>
            table.SubmitAsync(new RowBatch(stored.Id.Shard.ToString()).End(stored.Id, user, end), cancellation);
    }

    private async Task<SessionWrite> ReplaceAsync(
        StoredSession before, Session after, bool reserved, ulong? id, Room? room, CancellationToken cancellation)
    {
        var write = Write.Next(before.Writes, time, id);
        var batch = new RowBatch(after.Id.Shard.ToString());
        if (!before.IsReserved && IsSlide(before.Session, after))
        {
            batch.Merge(RowKeys.Session(after.Id), SessionRow.EncodeSlide(after, write.Log), before.ETag);
        }
        else if (rows.Encode(after, write.Log, reserved) is { } columns)
        {
            batch.Replace(RowKeys.Session(after.Id), columns, before.ETag);
        }
        else
        {
            return WriteOutcome.TooLarge;
        }

        SessionIndexes.Move(batch, before, after, reserved);
        room?.AddTo(batch, after);
        return await SubmitAsync(batch, after, write, cancellation);
    }

    private static bool IsSlide(Session before, Session after) =>
        after with { Lifetime = after.Lifetime with { Seen = before.Lifetime.Seen, Expires = before.Lifetime.Expires } } == before;

    private async Task<SessionWrite> SubmitAsync(RowBatch batch, Session? session, Write write, CancellationToken cancellation)
    {
        var first = batch.Operations[0];
        var outcome = await table.SubmitAsync(batch, cancellation);
        if (outcome.Conflict is null)
        {
            return session is null ? WriteOutcome.Written
                : new StoredSession(session.Id, new Row(batch.Partition, first.Key, first.Columns, outcome.ETag(0)), rows) { Session = session };
        }

        return await table.FindAsync(batch.Partition, first.Key, cancellation) is { } row
            ? SessionRow.IsEnded(row) ? Ended(first) : OutcomeOf(outcome, row, session, write)
            : outcome is { Index: > 0 } && first.Action == RowAction.Insert ? WriteOutcome.Changed
            : Ended(first);
    }

    /// <summary>What was in the way of an insert was ours, sent twice, and has been ended in between.</summary>
    private static SessionWrite Ended(RowOperation first) => first.Action == RowAction.Insert ? WriteOutcome.Unknown : WriteOutcome.Gone;

    /// <summary>A refused write may be one of ours that was sent twice: then it is in the row's log.</summary>
    private SessionWrite OutcomeOf(BatchOutcome outcome, Row row, Session? session, Write write)
    {
        var log = SessionRow.WritesOf(row);
        if (log.Has(write.Id, write.At)) // and not an older one by the same key of a caller
        {
            return session is null ? WriteOutcome.Written : new StoredSession(session.Id, row, rows);
        }

        return outcome is { Conflict: RowConflict.Exists, Index: 0 } ? WriteOutcome.Taken
            : !log.ReachesBackTo(write.At) ? WriteOutcome.Unknown
            : new SessionWrite(WriteOutcome.Changed, session is null ? null : new StoredSession(session.Id, row, rows));
    }

    /// <summary>A write on its way into a row's log.</summary>
    private sealed record Write(ulong Id, DateTimeOffset At, WriteLog Log)
    {
        public static Write Next(WriteLog log, TimeProvider time, ulong? callers = null)
        {
            var (id, at) = (callers ?? WriteLog.NewId(), time.Now());
            return new Write(id, at, log.With(id, at));
        }
    }
}

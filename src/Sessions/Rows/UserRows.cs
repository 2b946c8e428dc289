using Sessions.Table;

namespace Sessions.Rows;

/// <summary>A user's sessions, all in one shard: listed by one range read, ended by a batch for every 100 rows.</summary>
internal sealed class UserRows(ITable table)
{
    private const int AtOnce = TableLimits.BatchOperations / SessionIndexes.RowsOfSession;

    /// <summary>Each further round means that sessions were ended or signed in by others since the one before.</summary>
    private const int MaxRounds = 10;

    /// <summary>One round trip for up to 1,000 sessions. What is over and isn't cleaned up yet is listed too.</summary>
    public async Task<IReadOnlyList<ListedSession>> ListAsync(UserKey user, Shard shard, CancellationToken cancellation)
    {
        var (from, to) = RowKeys.ListOf(user);
        var sessions = new List<ListedSession>();
        await foreach (var page in table.RangeAsync(new RowRange(shard.ToString(), from, to, ListedSessionRow.Columns), cancellation))
        {
            sessions.AddRange(page.Select(ListedSessionRow.Decode).OfType<ListedSession>());
        }

        return sessions;
    }

    /// <summary>
    /// Ends the sessions that are chosen from the list. One round trip, and one for every 33 sessions; up to three more for every 33 of
    /// which one was in use. Returns those that it found, all of them ended now; null where others kept changing the list.
    /// </summary>
    public async Task<ListedSession[]?> EndAsync(
        UserKey user, Shard shard, SessionEnd end, Func<ListedSession, bool> chosen, CancellationToken cancellation)
    {
        var ending = new Ending(this, user, shard, end, chosen, cancellation);
        return await ending.RunAsync() ? [.. ending.Found] : null;
    }

    /// <summary>The rows of a session as the list has it: where it has moved on since, a batch that deletes them doesn't happen.</summary>
    public static void Delete(RowBatch batch, UserKey user, ListedSession session, SessionEnd end)
    {
        if (session.IsReserved)
        {
            // Deleted, it could come back by an insert that is sent a second time. The cleanup deletes it soon.
            Mark(batch, user, session, end);
            return;
        }

        batch
            .Delete(RowKeys.Session(session.Id))
            .Delete(SessionIndexes.ExpiryKey(session.Id, session.Expires))
            .Delete(RowKeys.Listed(user.ToString(), session.Id));
    }

    /// <summary>Ends a session whatever its rows have become, if only they are there.</summary>
    public static void Mark(RowBatch batch, UserKey user, ListedSession session, SessionEnd end) =>
        batch.End(session.Id, user.ToString(), end);

    /// <summary>One call that ends sessions of a user.</summary>
    private sealed class Ending(
        UserRows rows, UserKey user, Shard shard, SessionEnd end, Func<ListedSession, bool> chosen, CancellationToken cancellation)
    {
        private readonly Dictionary<SessionId, ListedSession> _found = [];

        /// <summary>Rows that a hand has deleted: listed, missing, and listed again.</summary>
        private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

        public IReadOnlyCollection<ListedSession> Found => _found.Values;

        public async Task<bool> RunAsync()
        {
            var left = await DoAsync(await LeftAsync(), Delete);
            if (left.Sessions.Count == 0)
            {
                return true;
            }

            // In use: rows aren't where the list had them. The row that can't move is told that the session is over, whoever is writing
            // it; then nothing moves any more, and what is left can be deleted.
            left = await DoAsync(left.Sessions, Mark);
            for (var round = 1; left.Sessions.Count > 0; round++)
            {
                if (round == MaxRounds)
                {
                    return false;
                }

                // Some were ended by others, or went on as other sessions: look again. A row that is missing and still listed is so by a hand.
                var listed = await LeftAsync();
                if (round > 1)
                {
                    _missing.UnionWith(left.InTheWay);
                }

                left = await DoAsync(listed, Mark);
            }

            // What isn't as it was listed is left to the cleanup.
            await DoAsync([.. (await ListAsync()).Where(session => session is { IsEnded: true, IsReserved: false })], Delete);
            return true;
        }

        private Task<IReadOnlyList<ListedSession>> ListAsync() => rows.ListAsync(user, shard, cancellation);

        private async Task<List<ListedSession>> LeftAsync()
        {
            var left = (await ListAsync()).Where(session => !session.IsEnded && chosen(session)).ToList();
            left.ForEach(session => _found.TryAdd(session.Id, session));
            return left;
        }

        /// <summary>Returns those of the batches that didn't happen, and the row that was in the way of each.</summary>
        private async Task<(List<ListedSession> Sessions, List<string> InTheWay)> DoAsync(
            List<ListedSession> sessions, Action<RowBatch, UserKey, ListedSession, SessionEnd> add)
        {
            var (left, inTheWay) = (new List<ListedSession>(), new List<string>());
            foreach (var chunk in sessions.Chunk(AtOnce))
            {
                var batch = new RowBatch(shard.ToString());
                foreach (var session in chunk)
                {
                    add(batch, user, session, end);
                }

                if (await rows.SubmitAsync(batch.Without(_missing), cancellation) is { } key)
                {
                    left.AddRange(chunk);
                    inTheWay.Add(key);
                }
            }

            return (left, inTheWay);
        }
    }

    /// <summary>The key that was in the way; null where it happened.</summary>
    private async Task<string?> SubmitAsync(RowBatch batch, CancellationToken cancellation)
    {
        if (batch.Operations.Count == 0)
        {
            return null;
        }

        var outcome = await table.SubmitAsync(batch, cancellation);
        return outcome.Conflict is null ? null : batch.Operations[outcome.Index].Key;
    }
}

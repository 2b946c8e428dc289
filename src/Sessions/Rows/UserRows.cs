using Sessions.Table;

namespace Sessions.Rows;

/// <summary>A user's sessions, all in one shard: listed by one range read, ended by a batch for every 100 rows.</summary>
internal sealed class UserRows(ITable table)
{
    private const int MaxRounds = 100;

    /// <summary>One round trip for up to 1,000 sessions. What has expired and isn't cleaned up yet is listed too.</summary>
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
    /// Ends the sessions that are chosen from the list: one round trip, and one for every 33 sessions. Returns which were ended.
    /// </summary>
    public async Task<IReadOnlyList<SessionId>> EndAsync(
        UserKey user, Shard shard, Func<ListedSession, bool> chosen, CancellationToken cancellation)
    {
        var ended = new List<SessionId>();
        var gone = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < MaxRounds; round++)
        {
            var left = (await ListAsync(user, shard, cancellation)).Where(chosen).ToList();
            var moved = false;
            foreach (var chunk in left.Chunk(TableLimits.BatchOperations / SessionIndexes.RowsOfSession))
            {
                var batch = new RowBatch(shard.ToString());
                foreach (var key in chunk.SelectMany(session => KeysOf(user, session)).Where(key => !gone.Contains(key)))
                {
                    batch.Delete(key);
                }

                var outcome = await table.SubmitAsync(batch, cancellation);
                if (outcome.Conflict is null)
                {
                    ended.AddRange(chunk.Select(session => session.Id));
                    continue;
                }

                // Renewed or ended since the list was read: read it again. Should a row still be named then and be missing, a hand has
                // deleted it.
                moved = true;
                if (round > 0)
                {
                    gone.Add(batch.Operations[outcome.Index].Key);
                }
            }

            if (!moved)
            {
                break;
            }
        }

        return ended;
    }

    internal static IEnumerable<string> KeysOf(UserKey user, ListedSession session) =>
        SessionIndexes.KeysOf(session.Id, session.Expires, user.ToString()).Prepend(RowKeys.Session(session.Id));
}

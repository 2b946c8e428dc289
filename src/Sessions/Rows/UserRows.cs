using Sessions.Table;

namespace Sessions.Rows;

/// <summary>A user's sessions, all in one shard: listed by one range read, ended by a batch for every 100 rows, and limited exactly.</summary>
public sealed class UserRows(ITable table)
{
    private const int RowsOfSession = 3;
    private const int MaxRounds = 100;
    private const string Expires = "expires";

    /// <summary>One round trip for up to 1,000 sessions. What has expired and isn't swept yet is listed too.</summary>
    public async Task<IReadOnlyList<ListedSession>> ListAsync(UserKey user, Shard shard, CancellationToken cancellation)
    {
        var (from, to) = RowKeys.EntriesOf(user);
        var entries = new List<ListedSession>();
        await foreach (var page in table.RangeAsync(new RowRange(shard.ToString(), from, to, ListedSession.Columns), cancellation))
        {
            entries.AddRange(page.Select(ListedSession.From).OfType<ListedSession>());
        }

        return entries;
    }

    /// <summary>Ends the sessions that are chosen from the list: one round trip, and one for every 33 sessions. Returns which were ended.</summary>
    public async Task<IReadOnlyList<SessionId>> EndAsync(
        UserKey user, Shard shard, Func<ListedSession, bool> chosen, CancellationToken cancellation)
    {
        var ended = new List<SessionId>();
        var gone = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < MaxRounds; round++)
        {
            var left = (await ListAsync(user, shard, cancellation)).Where(chosen).ToList();
            var moved = false;
            foreach (var chunk in left.Chunk(TableLimits.BatchOperations / RowsOfSession))
            {
                var batch = new RowBatch(shard.ToString());
                foreach (var key in chunk.SelectMany(entry => KeysOf(user, entry)).Where(key => !gone.Contains(key)))
                {
                    batch.Delete(key);
                }

                var outcome = await table.SubmitAsync(batch, cancellation);
                if (outcome.Conflict is null)
                {
                    ended.AddRange(chunk.Select(entry => entry.Id));
                    continue;
                }

                // Renewed or ended since the list was read: read it again. Should a row still be named then and be missing, a hand has deleted it.
                moved = true;
                var missing = batch.Operations[outcome.Index].Key;
                if (round > 0)
                {
                    gone.Add(missing);
                }
            }

            if (!moved)
            {
                break;
            }
        }

        return ended;
    }

    /// <summary>What must be known of a user to keep to the limit. The guard is read first: a bind after that reading changes it.</summary>
    public async Task<UserState> ReadStateAsync(UserKey user, Shard shard, CancellationToken cancellation)
    {
        var guard = await table.FindAsync(shard.ToString(), RowKeys.Guard(user), cancellation);
        return new UserState(user, guard, await ListAsync(user, shard, cancellation));
    }

    /// <summary>Removes the guard of a user who has no sessions left. A bind at the same moment makes it anew.</summary>
    public async Task RemoveGuardAsync(UserKey user, Shard shard, CancellationToken cancellation)
    {
        var key = RowKeys.Guard(user);
        if (await table.FindAsync(shard.ToString(), key, cancellation) is { } guard && guard.Time(Expires) is { } expires)
        {
            await table.SubmitAsync(new RowBatch(shard.ToString()).Delete(key, guard.ETag).Delete(RowKeys.Expiry(expires, key)), cancellation);
        }
    }

    /// <summary>Makes two binds at once meet: both read the guard, and only one of their batches finds it unchanged.</summary>
    internal static void AddGuard(RowBatch batch, UserState state, DateTimeOffset sessionEnds)
    {
        var key = RowKeys.Guard(state.User);
        var known = state.Guard?.Time(Expires);
        var expires = known > sessionEnds ? known.Value : sessionEnds; // outlives every session it counts
        var columns = new Dictionary<string, object>(StringComparer.Ordinal) { [Expires] = expires };
        if (state.Guard is null)
        {
            batch.Insert(key, columns);
        }
        else
        {
            batch.Merge(key, columns, state.Guard.ETag);
        }

        if (known != expires)
        {
            if (known is { } earlier)
            {
                batch.Delete(RowKeys.Expiry(earlier, key));
            }

            batch.Insert(RowKeys.Expiry(expires, key), new Dictionary<string, object>(StringComparer.Ordinal));
        }
    }

    internal static IEnumerable<string> KeysOf(UserKey user, ListedSession entry) =>
        SessionIndexes.KeysOf(entry.Id, entry.Expires, user.ToString()).Prepend(RowKeys.Session(entry.Id));
}

/// <summary>A user's guard, as read, and then the sessions.</summary>
public sealed record UserState(UserKey User, Row? Guard, IReadOnlyList<ListedSession> Entries);

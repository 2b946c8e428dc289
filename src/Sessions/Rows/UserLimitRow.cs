using Sessions.Table;

namespace Sessions.Rows;

/// <summary>
/// The row that keeps a user's limit exact: each batch that adds a session changes it, so that of two that counted the same sessions
/// only one goes through. Its ETag is all that matters.
/// </summary>
internal sealed class UserLimitRow(ITable table, SessionRows sessions, UserRows users)
{
    /// <summary>Rows of a batch that the new session and the limit need.</summary>
    private const int OwnRows = 6;
    private const string Expires = "expires";

    /// <summary>How many sessions can make room in the batch that adds one.</summary>
    public const int MostEvicted = (TableLimits.BatchOperations - OwnRows) / SessionIndexes.RowsOfSession;

    /// <summary>
    /// What must be known of a user to keep to the limit. The limit's row is read first: a sign-in after that reading changes it.
    /// </summary>
    public async Task<CountedSessions> CountAsync(UserKey user, Shard shard, CancellationToken cancellation)
    {
        var limit = await table.FindAsync(shard.ToString(), RowKeys.Limit(user), cancellation);
        return new CountedSessions(user, limit, await users.ListAsync(user, shard, cancellation));
    }

    /// <summary>
    /// Inserts a session if the count still holds, and ends others to make room, in one batch. Changed where the count doesn't hold.
    /// </summary>
    public Task<SessionWrite> InsertAsync(
        Session session, CountedSessions counted, IEnumerable<ListedSession> evicted, CancellationToken cancellation) =>
        sessions.InsertAsync(session, cancellation, batch =>
        {
            AddLimit(batch, counted, session.Lifetime.Ends);
            foreach (var key in evicted.SelectMany(other => UserRows.KeysOf(counted.User, other)))
            {
                batch.Delete(key);
            }
        });

    /// <summary>Removes the row of a user who has no sessions left. A sign-in at the same moment makes it anew.</summary>
    public async Task RemoveAsync(UserKey user, Shard shard, CancellationToken cancellation)
    {
        var key = RowKeys.Limit(user);
        if (await table.FindAsync(shard.ToString(), key, cancellation) is { } limit && limit.Time(Expires) is { } expires)
        {
            await table.SubmitAsync(new RowBatch(shard.ToString()).Delete(key, limit.ETag).Delete(RowKeys.Expiry(expires, key)), cancellation);
        }
    }

    private static void AddLimit(RowBatch batch, CountedSessions counted, DateTimeOffset ends)
    {
        var key = RowKeys.Limit(counted.User);
        var known = counted.Limit?.Time(Expires);
        var expires = known > ends ? known.Value : ends; // outlives every session it counts
        var columns = new Dictionary<string, object>(StringComparer.Ordinal) { [Expires] = expires };
        if (counted.Limit is null)
        {
            batch.Insert(key, columns);
        }
        else
        {
            batch.Merge(key, columns, counted.Limit.ETag);
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
}

/// <summary>A user's limit row, as read, and then the sessions.</summary>
internal sealed record CountedSessions(UserKey User, Row? Limit, IReadOnlyList<ListedSession> Sessions);

using Sessions.Table;

namespace Sessions.Rows;

/// <summary>
/// The row that keeps a user's limit exact: each batch that adds a session changes it, so that of two that counted the same sessions
/// only one goes through. Its ETag is all that matters. It is deleted when the last session that it counted could be over, and not before:
/// missing once more, it would let through a count that was taken when it was missing the first time.
/// </summary>
internal sealed class UserLimitRow(ITable table, UserRows users)
{
    private const string Expires = "expires";

    /// <summary>
    /// What must be known of a user to keep to the limit. The limit's row is read first: a sign-in after that reading changes it.
    /// </summary>
    public async Task<CountedSessions> CountAsync(UserKey user, Shard shard, CancellationToken cancellation)
    {
        var limit = await table.FindAsync(shard.ToString(), RowKeys.Limit(user), cancellation);
        return new CountedSessions(user, limit, await users.ListAsync(user, shard, cancellation));
    }

    /// <summary>Adds to a batch that it happens only if the count still holds.</summary>
    /// <param name="batch">Adds a session.</param>
    /// <param name="counted">The count.</param>
    /// <param name="ends">When the session that is added ends at the latest.</param>
    public static void Keep(RowBatch batch, CountedSessions counted, DateTimeOffset ends)
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

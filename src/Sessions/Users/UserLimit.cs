using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Table;

namespace Sessions.Users;

/// <summary>
/// Stores a new session, within the limit per user. The limit is exact: the batch that adds a session also changes the
/// user's guard, so of two that counted the same sessions only one goes through, and the other counts again.
/// </summary>
public sealed class UserLimit(
    SessionRows store, UserRows users, NotBefore notBefore, IOptions<SessionOptions> options, TimeProvider time, ILogger<UserLimit> log)
{
    private const int MaxRounds = 100;

    /// <summary>Rows of a batch that the new session and the guard need, and those that each evicted session needs.</summary>
    private const int OwnRows = 6;
    private const int RowsOfSession = 3;
    private const int MostEvicted = (TableLimits.BatchOperations - OwnRows) / RowsOfSession;

    private readonly SessionOptions _options = options.Value;

    /// <param name="session">The new session.</param>
    /// <param name="replacing">A session of the same user that this one takes the place of: it doesn't count.</param>
    public async Task<Result<StoredSession>> InsertAsync(Session session, SessionId? replacing, CancellationToken cancellation)
    {
        if (session.User is not { Key: var user } || _options.MaxPerUser == 0)
        {
            return await store.InsertAsync(session, cancellation);
        }

        for (var round = 0; round < MaxRounds; round++)
        {
            var state = await users.ReadStateAsync(user, session.Id.Shard, cancellation);
            var mark = await notBefore.GetAsync(cancellation);
            var others = state.Entries
                .Where(entry => entry.Id != replacing && entry.Expires > time.Now() && entry.Born > mark)
                .OrderBy(entry => entry.Created)
                .ToList();
            var surplus = others.Count - _options.MaxPerUser + 1;
            if (surplus > 0 && _options.UserOverflow == SessionOptions.Reject)
            {
                return Refusal.Conflict($"The user has {others.Count} sessions, and no more than {_options.MaxPerUser} are allowed. End one first.");
            }

            var evicted = others.Take(Math.Clamp(surplus, 0, MostEvicted)).ToList();
            if (surplus > MostEvicted)
            {
                // A limit that was lowered: make room first, then count again.
                await users.EndAsync(user, session.Id.Shard, entry => evicted.Exists(known => known.Id == entry.Id), cancellation);
                continue;
            }

            var inserted = await store.InsertAsync(session, cancellation, batch =>
            {
                UserRows.AddGuard(batch, state, session.Lifetime.Ends);
                foreach (var key in evicted.SelectMany(entry => UserRows.KeysOf(user, entry)))
                {
                    batch.Delete(key);
                }
            });
            if (inserted.Succeeded(out _, out var refusal) || refusal != Refusal.Busy)
            {
                foreach (var entry in inserted.Refusal is null ? evicted : [])
                {
                    log.Evicted(entry.Id, session.Id);
                }

                return inserted;
            }
        }

        return Refusal.Busy;
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;

namespace Sessions.Users;

/// <summary>Writes a new session, within the limit of sessions per user. The limit is exact, however many sign in at once.</summary>
internal sealed class UserLimit(
    SessionRows rows,
    UserList list,
    UserLimitRow limits,
    IOptions<UserLimitOptions> options,
    ILogger<UserLimit> log)
{
    private const int MaxRounds = 100;

    private readonly UserLimitOptions _options = options.Value;

    /// <param name="session">The new session.</param>
    /// <param name="replacing">A session of the same user that this one takes the place of: it doesn't count.</param>
    public async Task<Refusal?> InsertAsync(Session session, SessionId? replacing, CancellationToken cancellation)
    {
        if (session.UserKey is not { } user || _options.MaxPerUser == 0)
        {
            return LiveSessions.RefusalOf((await rows.InsertAsync(session, cancellation)).Outcome);
        }

        for (var round = 0; round < MaxRounds; round++)
        {
            var counted = await limits.CountAsync(user, session.Id.Shard, cancellation);
            var live = await list.LiveAsync(counted.Sessions, cancellation);
            var others = live.Where(other => other.Id != replacing).OrderBy(other => other.Created).ToList();
            var surplus = others.Count - _options.MaxPerUser + 1;
            if (surplus > 0 && _options.UserOverflow == UserOverflow.Reject)
            {
                return Refusal.Conflict($"The user has {others.Count} sessions, and no more than {_options.MaxPerUser} are allowed. End one first.");
            }

            var evicted = others.Take(Math.Clamp(surplus, 0, UserLimitRow.MostEvicted)).ToList();
            if (surplus > UserLimitRow.MostEvicted)
            {
                // A limit that was lowered: make room first, then count again.
                await list.EndAsync(user, session.Id.Shard, other => evicted.Exists(known => known.Id == other.Id), cancellation);
                continue;
            }

            var outcome = (await limits.InsertAsync(session, counted, evicted, cancellation)).Outcome;
            if (outcome != WriteOutcome.Changed)
            {
                foreach (var other in outcome == WriteOutcome.Written ? evicted : [])
                {
                    log.Evicted(other.Id, session.Id);
                }

                return LiveSessions.RefusalOf(outcome);
            }
        }

        return Refusal.Busy;
    }
}

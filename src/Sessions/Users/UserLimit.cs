using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;

namespace Sessions.Users;

/// <summary>
/// Writes a user's new session within the limit of sessions per user, which is exact, however many sign in at once. Where a sign-in past
/// the limit is rejected, a session counts from its reservation on; where the oldest makes room, it does so when the new one comes to life.
/// </summary>
internal sealed class UserLimit(
    SessionRows rows,
    UserList list,
    UserLimitRow limits,
    IOptions<UserLimitOptions> options,
    ILogger<UserLimit> log)
{
    /// <summary>Each lost round means that another session of the user came in between.</summary>
    private const int MaxRounds = 100;

    private readonly int _most = options.Value.MaxPerUser;
    private readonly bool _rejects = options.Value is { MaxPerUser: > 0, UserOverflow: UserOverflow.Reject };
    private readonly bool _evicts = options.Value is { MaxPerUser: > 0, UserOverflow: UserOverflow.EvictOldest };

    /// <summary>A session that is there at once.</summary>
    public async Task<Refusal?> CreateAsync(Session session, CancellationToken cancellation) =>
        (await WriteAsync(
            session,
            counts: _rejects || _evicts,
            replacing: null,
            room => rows.InsertAsync(session, WriteLog.Empty, reserved: false, room, cancellation),
            before: null,
            cancellation)).Succeeded(out var write, out var refusal) ? LiveSessions.RefusalOf(write.Outcome) : refusal;

    /// <summary>A session that a sign-in will bring to life.</summary>
    /// <param name="session">The new session.</param>
    /// <param name="old">The session that it goes on from: of the same user, it doesn't count.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Result<SessionWrite>> ReserveAsync(Session session, StoredSession old, CancellationToken cancellation) =>
        WriteAsync(
            session,
            counts: _rejects,
            replacing: old.Id,
            room => rows.InsertAsync(session, old.Writes, reserved: true, room, cancellation),
            before: null,
            cancellation);

    /// <summary>Brings a reserved session to life.</summary>
    public Task<Result<SessionWrite>> ActivateAsync(StoredSession reserved, Session session, CancellationToken cancellation) =>
        WriteAsync(
            session,
            counts: _evicts,
            replacing: null,
            room => rows.ReplaceAsync(reserved, session, id: null, cancellation, room),
            reserved,
            cancellation);

    private async Task<Result<SessionWrite>> WriteAsync(
        Session session, bool counts, SessionId? replacing, Func<Room?, Task<SessionWrite>> write, StoredSession? before, CancellationToken cancellation)
    {
        if (session.UserKey is not { } user || !counts)
        {
            return await write(null);
        }

        for (var round = 0; round < MaxRounds; round++)
        {
            var counted = await limits.CountAsync(user, session.Id.Shard, cancellation);
            var live = (await list.LiveAsync(counted.Sessions, cancellation)).ToList();
            var others = live
                .Where(other => other.Id != replacing && other.Id != session.Id && (_rejects || !other.IsReserved))
                .OrderBy(other => other.Created)
                .ToList();
            var surplus = others.Count - _most + 1;
            if (surplus > 0 && _rejects)
            {
                return Refusal.Conflict($"The user has {others.Count} sessions, and no more than {_most} are allowed. End one first.");
            }

            var evicted = others.Take(Math.Clamp(surplus, 0, Room.Most)).ToList();
            if (surplus > Room.Most)
            {
                // A limit that was lowered: make room first, then count again.
                await list.EndAsync(user, session.Id.Shard, SessionEnd.Limit, other => evicted.Exists(known => known.Id == other.Id), cancellation);
                continue;
            }

            var lapsed = counted.Sessions
                .Where(other => _rejects && other is { IsReserved: true, IsEnded: false } && other.Id != session.Id && !live.Contains(other))
                .Take(Room.Most)
                .ToList();
            var written = await write(new Room(counted, evicted, lapsed, InUse: round > 0));
            if (written.Outcome != WriteOutcome.Changed || written.Stored?.ETag != before?.ETag)
            {
                foreach (var other in written.Outcome == WriteOutcome.Written ? evicted : [])
                {
                    log.Evicted(other.Id, session.Id);
                }

                return written;
            }
        }

        return Refusal.Busy;
    }
}

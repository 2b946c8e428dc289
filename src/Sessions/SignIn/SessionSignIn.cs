using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;
using Sessions.Users;

namespace Sessions.SignIn;

/// <summary>
/// Makes a session a user's, by moving it into a new one with a new id and a new token in the user's shard: whoever planted the anonymous
/// session, or
/// saw its token, is left with nothing. Data and claims move along, unless the session was another user's.
/// </summary>
/// <remarks>
/// Two partitions can't change together, so it takes four round trips, and may stop after any of them: read; mark the old session as
/// moving,
/// from when on it opens nothing; create the new one; end the old one. The same call, made again, finds the mark and completes. The last
/// to mark
/// wins: only who finds the old session as they marked it can end it, and only then is a token handed out, so there are never two. Who
/// can't
/// deletes what they have made. The old row stays, empty, until the cleanup: an end whose answer was lost is recognised by it.
/// </remarks>
public sealed class SessionSignIn
{
    private const int MaxRounds = 20;

    private static readonly Refusal Overtaken = Refusal.Conflict("This session is being signed in by another call at the same time; that call's answer counts.");

    private readonly LiveSessions _sessions;
    private readonly SessionRows _rows;
    private readonly UserLimit _limit;
    private readonly SignedInSession _signedIn;
    private readonly UserKeys _keys;
    private readonly int _shards;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionSignIn> _log;

    internal SessionSignIn(
        LiveSessions sessions,
        SessionRows rows,
        UserLimit limit,
        SignedInSession signedIn,
        UserKeys keys,
        IOptions<RowsOptions> options,
        TimeProvider time,
        ILogger<SessionSignIn> log)
    {
        (_sessions, _rows, _limit, _signedIn, _keys) = (sessions, rows, limit, signedIn, keys);
        (_shards, _time, _log) = (options.Value.Shards, time, log);
    }

    /// <param name="id">The session to sign in.</param>
    /// <param name="right">By which right.</param>
    /// <param name="agent">A label of the holder's browser, where the holder calls.</param>
    /// <param name="cancellation">Stops it between two steps.</param>
    public async Task<Result<IssuedSession>> SignInAsync(SessionId id, SignInRight right, string? agent, CancellationToken cancellation)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var stored = await _sessions.FindAsync(id, cancellation);
            if (!right(stored?.Session, _time.Now()).Succeeded(out var signInAs, out var refusal))
            {
                return refusal;
            }

            var user = await _keys.OfAsync(signInAs.User, cancellation);
            var marked = await MarkAsync(stored!, Shard.Of(user, _shards), cancellation);
            if (marked.Outcome == WriteOutcome.Written)
            {
                return await MoveAsync(marked.Stored!, signInAs, user, agent, cancellation);
            }

            if (marked.Outcome == WriteOutcome.TooLarge)
            {
                return LiveSessions.RefusalOf(marked.Outcome)!;
            }

            // Changed since it was read, and not marked by us: look again.
        }

        return Refusal.Busy;
    }

    private async Task<SessionWrite> MarkAsync(StoredSession stored, Shard shard, CancellationToken cancellation)
    {
        var marked = await _rows.ReplaceAsync(stored, stored.Session with { MovingTo = SessionId.New(shard) }, cancellation);
        if (marked.Outcome == WriteOutcome.Written && stored.Session.MovingTo is { } before)
        {
            // Somebody stopped half-way, or is just at it: from now on they can't finish. What they have made was never handed out.
            await DiscardAsync(before, cancellation);
        }

        return marked;
    }

    private async Task<Result<IssuedSession>> MoveAsync(
        StoredSession marked, SignInAs signInAs, UserKey user, string? agent, CancellationToken cancellation)
    {
        var old = marked.Session;
        var token = SessionToken.New(old.MovingTo!.Value);
        if (!_signedIn.Of(old, token, signInAs, user, agent).Succeeded(out var session, out var refusal)
            || (refusal = await _limit.InsertAsync(session, replacing: old.Id, cancellation)) is not null)
        {
            // Not to be: the old session is what it was. Should this not get through, the same call comes by here again.
            await _rows.ReplaceAsync(marked, old with { MovingTo = null }, cancellation);
            return refusal;
        }

        if ((await _rows.ReplaceAsync(marked, SignedInSession.Left(old), cancellation)).Outcome != WriteOutcome.Written)
        {
            await DiscardAsync(session.Id, cancellation);
            return Overtaken;
        }

        _log.SignedIn(old.Id, session.Id);
        return new IssuedSession(session, token);
    }

    /// <summary>Deletes a session whose token nobody was given.</summary>
    private async Task DiscardAsync(SessionId unfinished, CancellationToken cancellation)
    {
        if (await _rows.FindAsync(unfinished, cancellation) is { Session: var made })
        {
            await _rows.DeleteAsync(made, cancellation);
        }
    }
}

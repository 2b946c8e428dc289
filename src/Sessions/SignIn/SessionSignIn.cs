using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;
using Sessions.Users;

namespace Sessions.SignIn;

/// <summary>
/// Makes a session a user's, by moving it into a new one with a new id and a new token in the user's shard: whoever planted the anonymous session, or
/// saw its token, is left with nothing. Data and claims move along, unless the session was another user's.
/// </summary>
/// <remarks>
/// Two partitions can't change together, so it takes four round trips, and may stop after any of them: read; mark the old session as moving,
/// from when on it opens nothing; create the new one; delete the old one. The same call, made again, finds the mark and completes. The last to mark wins:
/// only who finds the old session as they marked it may delete it, and only then is a token handed out, so there are never two.
/// </remarks>
public sealed class SessionSignIn
{
    private const int MaxRounds = 20;

    private static readonly Refusal Overtaken = Refusal.Conflict("This session is being signed in by another call at the same time; that call's answer counts.");

    private readonly LiveSessions _sessions;
    private readonly SessionRows _rows;
    private readonly UserLimit _limit;
    private readonly SignedInSession _signedIn;
    private readonly int _shards;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionSignIn> _log;

    internal SessionSignIn(
        LiveSessions sessions,
        SessionRows rows,
        UserLimit limit,
        SignedInSession signedIn,
        IOptions<RowsOptions> options,
        TimeProvider time,
        ILogger<SessionSignIn> log)
    {
        (_sessions, _rows, _limit, _signedIn) = (sessions, rows, limit, signedIn);
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

            var marked = await MarkAsync(stored!, Shard.Of(signInAs.User.Key, _shards), cancellation);
            if (marked.Outcome == WriteOutcome.Written)
            {
                return await MoveAsync(marked.Stored!, signInAs, agent, cancellation);
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
        if (stored.Session.MovingTo is { } before)
        {
            // Somebody stopped half-way, or is just at it: from now on they can't finish. What they have made was never handed out.
            var ours = await _rows.ReplaceAsync(stored, stored.Session, cancellation);
            if (ours.Outcome != WriteOutcome.Written)
            {
                return ours;
            }

            stored = ours.Stored!;
            await DiscardAsync(before, stored, cancellation);
        }

        return stored.Session.MovingTo?.Shard == shard
            ? stored
            : await _rows.ReplaceAsync(stored, stored.Session with { MovingTo = SessionId.New(shard) }, cancellation);
    }

    private async Task<Result<IssuedSession>> MoveAsync(StoredSession marked, SignInAs signInAs, string? agent, CancellationToken cancellation)
    {
        var old = marked.Session;
        var token = SessionToken.New(old.MovingTo!.Value);
        if (!_signedIn.Of(old, token, signInAs, agent).Succeeded(out var session, out var refusal)
            || (refusal = await InsertAsync(marked, session, cancellation)) is not null)
        {
            if (refusal != Overtaken)
            {
                // Not to be: the old session is what it was. Should this not get through, the same call comes by here again.
                await _rows.ReplaceAsync(marked, old with { MovingTo = null }, cancellation);
            }

            return refusal;
        }

        if (!await _rows.DeleteUntouchedAsync(marked, cancellation) && !await WasOursAsync(old, token, cancellation))
        {
            return Overtaken;
        }

        _log.SignedIn(old.Id, session.Id);
        return new IssuedSession(session, token);
    }

    private async Task<Refusal?> InsertAsync(StoredSession marked, Session session, CancellationToken cancellation)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var refusal = await _limit.InsertAsync(session, replacing: marked.Session.Id, cancellation);
            if (refusal != UserLimit.Taken)
            {
                return refusal;
            }

            // Another call came first with the session that it was about to make.
            if (!await DiscardAsync(session.Id, marked, cancellation))
            {
                return Overtaken;
            }
        }

        return Refusal.Busy;
    }

    /// <summary>
    /// Deletes what another call has made and can't hand out, since the mark is ours; false where it isn't any more. What was made is read
    /// before the mark is looked at, and deleted only as it was read: a call that marks after us may have handed out what it made since.
    /// </summary>
    private async Task<bool> DiscardAsync(SessionId unfinished, StoredSession marked, CancellationToken cancellation)
    {
        var made = await _rows.FindAsync(unfinished, cancellation);
        if ((await _sessions.FindAsync(marked.Session.Id, cancellation))?.ETag != marked.ETag)
        {
            return false;
        }

        if (made is not null)
        {
            await _rows.DeleteUntouchedAsync(made, cancellation);
        }

        return true;
    }

    /// <summary>After a delete that found nothing as it should be: ours all the same, with its answer lost, if the old one is gone and the new one is as we made it.</summary>
    private async Task<bool> WasOursAsync(Session old, SessionToken token, CancellationToken cancellation) =>
        await _rows.FindAsync(old.Id, cancellation) is null
        && await _rows.FindAsync(token.Id, cancellation) is { } made
        && made.Session.Secrets.Current.Matches(token.Hash);
}

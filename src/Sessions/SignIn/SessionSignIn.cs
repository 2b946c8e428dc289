using Microsoft.Extensions.Logging;
using Sessions.Rows;
using Sessions.Use;

namespace Sessions.SignIn;

/// <summary>
/// Makes a session a user's, by handing it over to a new one with a new id and a new token in the user's shard: whoever planted the
/// anonymous session, or saw its token, is left with nothing. Data and claims move along, unless the session was another user's.
/// </summary>
/// <remarks>
/// Two partitions can't change together, so it takes four round trips, and may stop after any of them:
/// <list type="number">
/// <item>read the old session and check the right;</item>
/// <item>reserve: insert the new one, which nobody opens yet and no list shows, and which ends soon if nothing comes of it;</item>
/// <item>hand over: replace the old one, as it was read, by a marker that says where it went. This is the moment at which it happens;</item>
/// <item>activate: give the new one its real deadline and its place in the list. Only now is its token handed out.</item>
/// </list>
/// Before 3 nothing has happened to the old session. After it the same call, made again, completes it for as long as the marker stands.
/// Whoever ends the old session before 3, or the user's sessions before 4, wins.
/// </remarks>
public sealed class SessionSignIn
{
    /// <summary>Each further round means that somebody changed the old session in between.</summary>
    private const int MaxRounds = 20;

    private readonly LiveSessions _sessions;
    private readonly SessionEnding _ending;
    private readonly SessionRows _rows;
    private readonly Reservations _reservations;
    private readonly HolderAccess _access;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionSignIn> _log;

    internal SessionSignIn(
        LiveSessions sessions,
        SessionEnding ending,
        SessionRows rows,
        Reservations reservations,
        HolderAccess access,
        TimeProvider time,
        ILogger<SessionSignIn> log)
    {
        (_sessions, _ending, _rows, _reservations) = (sessions, ending, rows, reservations);
        (_access, _time, _log) = (access, time, log);
    }

    /// <param name="id">The session to sign in.</param>
    /// <param name="right">By which right.</param>
    /// <param name="agent">A label of the holder's browser, where the holder calls.</param>
    /// <param name="cancellation">Gives up, as long as nothing has been written.</param>
    public async Task<Result<IssuedSession>> SignInAsync(SessionId id, SignInRight right, string? agent, CancellationToken cancellation)
    {
        Reservation? reserved = null;
        for (var round = 0; round < MaxRounds; round++)
        {
            // From the first write on, a caller who has gone doesn't stop it: what is begun gets to an end.
            var stored = await _sessions.FindAsync(id, reserved is null ? cancellation : CancellationToken.None);
            if (stored is { Handover: { } handover })
            {
                await DiscardAsync(reserved);
                return right.Completes(stored, _time.Now()) ? await _reservations.CompleteAsync(handover.Successor, right.NoSession) : right.NoSession;
            }

            if (!(await AdmitAsync(stored, right, cancellation)).Succeeded(out var signInAs, out var refusal)
                || !(await _reservations.MakeAsync(stored!, reserved, signInAs, right.IdToken, agent)).Succeeded(out var made, out refusal))
            {
                await DiscardAsync(reserved);
                return refusal;
            }

            if (made is null)
            {
                reserved = null; // ended with the user's other sessions: this sign-in comes after that
                continue;
            }

            reserved = made;
            var outcome = (await _rows.HandOverAsync(stored!, made.Handover(right.Mark), CancellationToken.None)).Outcome;
            if (outcome == WriteOutcome.Written)
            {
                _log.SignedIn(id, made.Id);
                return await _reservations.ActivateAsync(made, right.NoSession);
            }

            if (outcome == WriteOutcome.Unknown)
            {
                return Refusal.OutcomeUnknown;
            }

            // Changed since it was read: look again, and bring the new one up to date.
        }

        await DiscardAsync(reserved);
        return Refusal.Busy;
    }

    private async Task<Result<SignInAs>> AdmitAsync(StoredSession? stored, SignInRight right, CancellationToken cancellation)
    {
        if (stored is not { IsOpen: true })
        {
            return right.NoSession;
        }

        if (right is { IsHolders: true, Token: { } token }
            && await _access.MatchAsync(stored, token, _time.Now(), cancellation) is SecretMatch.None or SecretMatch.Replayed)
        {
            return Refusal.NotAuthenticated;
        }

        return _sessions.Open(stored) is { } session ? right.Of(session, _time.Now()) : right.NoSession;
    }

    private Task DiscardAsync(Reservation? reserved) =>
        reserved is null ? Task.CompletedTask : _ending.DiscardAsync(reserved.Stored, CancellationToken.None);
}

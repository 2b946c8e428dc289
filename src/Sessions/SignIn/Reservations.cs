using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;
using Sessions.Users;

namespace Sessions.SignIn;

/// <summary>New sessions that sign-ins make: reserved, which is of no use to anybody, and then brought to life.</summary>
internal sealed class Reservations(
    LiveSessions sessions,
    SessionRows rows,
    SignedInSession signedIn,
    UserLimit limit,
    UserKeys users,
    IOptions<RowsOptions> options,
    TimeProvider time)
{
    private const int MaxRounds = 20;

    /// <summary>How long a reservation lives if nothing comes of it: longer than what says that it is to be completed.</summary>
    private static readonly TimeSpan Life = Reservation.MarkerLife + Reservation.Margin;

    /// <summary>
    /// Reserves what the session becomes, or brings what was reserved up to date with what the old one is now. Null where that was ended
    /// meanwhile. One round trip, and two more with a limit that rejects.
    /// </summary>
    public async Task<Result<Reservation?>> MakeAsync(
        StoredSession old, Reservation? before, SignInAs signInAs, TimedHash? idToken, string? agent)
    {
        var user = await users.OfAsync(signInAs.User, CancellationToken.None);
        var token = before?.Token ?? SessionToken.New(SessionId.New(Shard.Of(user, options.Value.Shards)));
        if (!signedIn.Of(old.Session, token, signInAs, user, idToken, agent).Succeeded(out var session, out var refusal))
        {
            return refusal;
        }

        session = session with { Lifetime = session.Lifetime with { Expires = time.Now() + Life } };
        return before is null
            ? (await limit.ReserveAsync(session, old, CancellationToken.None)).Then(write => ReservationOf(write, token))
            : ReservationOf(await rows.ReplaceReservedAsync(before.Stored, session, CancellationToken.None), token);
    }

    /// <summary>Brings it to life, and hands out its token.</summary>
    public Task<Result<IssuedSession>> ActivateAsync(Reservation reserved, Refusal noSession) =>
        FinishAsync(reserved.Stored, reserved.Token, noSession);

    /// <summary>
    /// The same call made again: a token of its own beside the first call's, which may have been lost on its way. Both are as if handed out
    /// by two rotations.
    /// </summary>
    public async Task<Result<IssuedSession>> CompleteAsync(SessionId id, Refusal noSession) =>
        await FinishAsync(await sessions.FindAsync(id, CancellationToken.None), SessionToken.New(id), noSession);

    private async Task<Result<IssuedSession>> FinishAsync(StoredSession? stored, SessionToken token, Refusal noSession)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            if (stored is null or { Handover: not null } || sessions.Open(stored) is not { } session)
            {
                return noSession; // ended before it came to life
            }

            var now = time.Now();
            if (stored.IsReserved && session.Lifetime.IsOver(now))
            {
                return noSession; // too late: nobody counts on it any more
            }

            var isKnown = session.Secrets.Admit(token.Hash, now);
            if (isKnown && !stored.IsReserved)
            {
                return new IssuedSession(session, token); // the same call, made twice, has got there first
            }

            var next = session with
            {
                Secrets = isKnown ? session.Secrets : session.Secrets.Rotate(token.Hash, now),
                Lifetime = stored.IsReserved ? session.Lifetime.Begin(now) : session.Lifetime,
            };
            if (!(await WriteAsync(stored, next)).Succeeded(out var write, out var refusal))
            {
                return refusal;
            }

            if (write.Outcome is not (WriteOutcome.Changed or WriteOutcome.Gone))
            {
                return LiveSessions.RefusalOf(write.Outcome) is { } failed ? failed : new IssuedSession(next, token);
            }

            stored = await sessions.FindAsync(token.Id, CancellationToken.None);
        }

        return Refusal.Busy;
    }

    private async Task<Result<SessionWrite>> WriteAsync(StoredSession stored, Session next) => stored.IsReserved
        ? await limit.ActivateAsync(stored, next, CancellationToken.None)
        : await rows.ReplaceAsync(stored, next, id: null, CancellationToken.None);

    private static Result<Reservation?> ReservationOf(SessionWrite write, SessionToken token) =>
        write.Outcome == WriteOutcome.Written ? new Reservation(write.Stored!, token)
        : write.Outcome is WriteOutcome.Gone or WriteOutcome.Changed ? default(Reservation)
        : LiveSessions.RefusalOf(write.Outcome)!;
}

/// <summary>A session that is reserved, with the token that will open it.</summary>
internal sealed record Reservation(StoredSession Stored, SessionToken Token)
{
    /// <summary>How long a sign-in that was interrupted can be completed.</summary>
    public static readonly TimeSpan MarkerLife = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public SessionId Id => Token.Id;

    /// <summary>What stands for the old session from now on. It ends before the reservation does.</summary>
    public Handover Handover(SecretHash right) => new(Id, right, Stored.Session.Lifetime.Expires - Margin);
}

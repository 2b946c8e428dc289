using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Storage;

namespace Sessions;

/// <summary>What a holder of a token can do with a session.</summary>
public sealed class SessionService(SessionStore store, IOptions<SessionOptions> options, TimeProvider time, ILogger<SessionService> log)
{
    /// <summary>Each lost round means that somebody else's write went through; past this many the caller is told to come back.</summary>
    private const int MaxRounds = 100;

    private readonly SessionOptions _options = options.Value;
    private readonly WriterQueue _queue = new();

    public async Task<Result<IssuedSession>> CreateAsync(NewSession wanted, CancellationToken cancellation)
    {
        if (!LifetimeOf(wanted).Succeeded(out var lifetime, out var refusal)
            || (refusal = TooLarge(wanted.Data)) is not null)
        {
            return refusal;
        }

        var token = SessionToken.New(SessionId.New(Shard.Random(_options.Shards)));
        var session = new Session
        {
            Id = token.Id,
            Secrets = new Secrets(token.Hash),
            Lifetime = lifetime,
            Persistent = wanted.Persistent,
            Data = wanted.Data,
        };
        if (!(await store.InsertAsync(session, cancellation)).Succeeded(out _, out refusal))
        {
            return refusal;
        }

        log.Created(session.Id, session.Persistent);
        return new IssuedSession(session, token);
    }

    /// <param name="slide">False: a look that isn't a use and doesn't keep the session alive.</param>
    public Task<Result<Session>> ReadAsync(SessionToken token, bool slide, CancellationToken cancellation) =>
        UseAsync(token, (session, now) => slide ? session with { Lifetime = session.Lifetime.Slide(now) } : session, cancellation);

    /// <summary>Keeps the session alive, written down at once.</summary>
    public Task<Result<Session>> TouchAsync(SessionToken token, CancellationToken cancellation) =>
        UseAsync(token, (session, now) => session with { Lifetime = session.Lifetime.SlideNow(now) }, cancellation);

    /// <summary>Changes the data as it is at that moment: where another write comes in between, the change is worked out anew.</summary>
    public Task<Result<Session>> ChangeDataAsync(
        SessionToken token, VersionCondition condition, Func<SessionData, Result<SessionData>> change, CancellationToken cancellation) =>
        UseAsync(
            token,
            (session, now) => !condition.Holds(session.Version)
                ? Refusal.Stale
                : change(session.Data).Then<Session>(data => TooLarge(data) is { } refusal
                    ? refusal
                    : session with { Data = data, Version = session.Version + 1, Lifetime = session.Lifetime.SlideNow(now) }),
            cancellation);

    /// <summary>A new secret for the same session; the old one works on until the new one was used, and a little longer.</summary>
    public async Task<Result<IssuedSession>> RotateAsync(SessionToken token, CancellationToken cancellation)
    {
        var next = SessionToken.New(token.Id);
        var rotated = await UseAsync(
            token,
            (session, now) => session with { Secrets = session.Secrets.Rotate(next.Hash), Lifetime = session.Lifetime.SlideNow(now) },
            cancellation);
        return rotated.Then<IssuedSession>(session =>
        {
            log.Rotated(session.Id);
            return new IssuedSession(session, next);
        });
    }

    /// <summary>Ends the session, if the token is one of its own. Done twice it is done once; whether it existed isn't told.</summary>
    public async Task EndAsync(SessionToken token, CancellationToken cancellation)
    {
        while (await FindAsync(token.Id, cancellation) is { Session: var session }
            && session.Secrets.Match(token.Hash, time.Now()) != SecretMatch.None)
        {
            if (await store.DeleteAsync(session, cancellation))
            {
                log.Ended(session.Id);
                return;
            }
        }
    }

    /// <summary>
    /// Reads the session, lets the token in, decides, and writes what the decision changed; nothing changed, nothing written.
    /// Where another write came in between, all of it is done again on what is there now.
    /// </summary>
    private async Task<Result<Session>> UseAsync(
        SessionToken token, Func<Session, DateTimeOffset, Result<Session>> decide, CancellationToken cancellation)
    {
        IDisposable? place = null;
        try
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                var now = time.Now();
                var stored = await FindAsync(token.Id, cancellation);
                if (!(await LetInAsync(stored?.Session, token, now, cancellation)).Then(session => decide(session, now)).Succeeded(out var next, out var refusal))
                {
                    return refusal;
                }

                if (next == stored!.Session)
                {
                    return next;
                }

                if ((await store.ReplaceAsync(stored, next, cancellation)).Succeeded(out _, out refusal))
                {
                    return next;
                }

                if (refusal != Refusal.Busy)
                {
                    return refusal;
                }

                place ??= await _queue.EnterAsync(token.Id, cancellation);
            }

            return Refusal.Busy;
        }
        finally
        {
            place?.Dispose();
        }
    }

    /// <summary>The session if the token opens it, with the token's first use noted; a replayed token ends it.</summary>
    private async Task<Result<Session>> LetInAsync(Session? session, SessionToken token, DateTimeOffset now, CancellationToken cancellation)
    {
        if (session is null || session.Lifetime.IsOver(now))
        {
            return Refusal.NotAuthenticated;
        }

        switch (session.Secrets.Match(token.Hash, now))
        {
            case SecretMatch.Current or SecretMatch.InGrace:
                return session;

            case SecretMatch.Pending:
                return session with { Secrets = session.Secrets.Promote(now, _options.RotationGrace) };

            case SecretMatch.Replayed:
                log.Replayed(session.Id);
                await EndAsync(token, cancellation);
                return Refusal.NotAuthenticated;

            default:
                return Refusal.NotAuthenticated;
        }
    }

    /// <summary>The stored session. One that can't be read counts as ended: its holder can sign in again, which an error for ever wouldn't let them.</summary>
    private async Task<StoredSession?> FindAsync(SessionId id, CancellationToken cancellation)
    {
        try
        {
            return await store.FindAsync(id, cancellation);
        }
        catch (UnreadablePayloadException e)
        {
            log.Unreadable(e, id);
            return null;
        }
    }

    private Result<Lifetime> LifetimeOf(NewSession wanted)
    {
        var (maxIdle, maxLifetime) = wanted.Persistent
            ? (_options.PersistentIdleTimeout, _options.PersistentLifetime)
            : (_options.IdleTimeout, _options.AbsoluteLifetime);
        if (OutOfRange(wanted.IdleTimeout, maxIdle))
        {
            return Refusal.NotAllowed($"idleTimeout must be 1 to {maxIdle.TotalSeconds} seconds.");
        }

        if (OutOfRange(wanted.Lifetime, maxLifetime))
        {
            return Refusal.NotAllowed($"lifetime must be 1 to {maxLifetime.TotalSeconds} seconds.");
        }

        return Lifetime.Start(time.Now(), wanted.IdleTimeout ?? maxIdle, wanted.Lifetime ?? maxLifetime, _options.SlideGranularity);
    }

    private static bool OutOfRange(TimeSpan? wanted, TimeSpan max) => wanted is { } asked && (asked < TimeSpan.FromSeconds(1) || asked > max);

    private Refusal? TooLarge(SessionData data) => data.Size > _options.MaxDataBytes
        ? Refusal.TooLarge($"The data would have {data.Size} bytes; a session holds at most {_options.MaxDataBytes}.")
        : null;
}

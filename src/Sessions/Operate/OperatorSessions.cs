using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Data;
using Sessions.Use;

namespace Sessions.Operate;

/// <summary>What the operator, a trusted backend, can do with any session.</summary>
public sealed class OperatorSessions
{
    private readonly LiveSessions _sessions;
    private readonly SessionEnding _ending;
    private readonly LifetimeOptions _lifetimes;
    private readonly SizeOptions _sizes;
    private readonly ILogger<OperatorSessions> _log;

    internal OperatorSessions(
        LiveSessions sessions,
        SessionEnding ending,
        IOptions<LifetimeOptions> lifetimes,
        IOptions<SizeOptions> sizes,
        ILogger<OperatorSessions> log) =>
        (_sessions, _ending, _lifetimes, _sizes, _log) = (sessions, ending, lifetimes.Value, sizes.Value, log);

    public async Task<Result<Session>> FindAsync(SessionId id, CancellationToken cancellation) =>
        _sessions.Open(await _sessions.FindOpenAsync(id, cancellation)) is { } session ? session : Refusal.NoSuchSession;

    /// <summary>
    /// Ends a session, and what it goes on as, if it was just signed in. Done twice it is done once.
    /// </summary>
    public async Task EndAsync(SessionId id, CancellationToken cancellation)
    {
        if (await _ending.EndAsync(id, SessionEnd.Operator, _ => true, cancellation))
        {
            _log.EndedByOperator(id);
        }
    }

    /// <summary>Changes the data. Unlike a holder's change it is no use.</summary>
    public Task<Result<Session>> ChangeDataAsync(
        SessionId id, VersionCondition condition, DataChange change, CancellationToken cancellation, IdempotencyKey? key = null) =>
        UpdateAsync(id, (session, _) => DataRules.Change(session, condition, change, _sizes), cancellation, key);

    /// <summary>Merges into the claims, which the holder can't.</summary>
    public Task<Result<Session>> PatchClaimsAsync(
        SessionId id, VersionCondition condition, SessionData patch, CancellationToken cancellation, IdempotencyKey? key = null) =>
        UpdateAsync(
            id,
            (session, _) =>
            {
                if (!condition.Holds(session.Version))
                {
                    return Refusal.Stale;
                }

                var claims = MergePatch.Apply(session.Claims, patch);
                return SizeRule.Check("claims", claims, _sizes.MaxClaimsBytes) is { } refusal
                    ? refusal
                    : session with { Claims = claims, Version = session.Version + 1 };
            },
            cancellation,
            key);

    /// <summary>Moves the deadlines, within what is configured for a session of its kind.</summary>
    /// <param name="id">The session.</param>
    /// <param name="expiresIn">How long it lives on without being used.</param>
    /// <param name="endsIn">How long it lives at most.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Result<Session>> MoveDeadlinesAsync(SessionId id, TimeSpan? expiresIn, TimeSpan? endsIn, CancellationToken cancellation) =>
        UpdateAsync(
            id,
            (session, now) =>
            {
                var (maxIdle, maxLifetime) = _lifetimes.Profile(session.Persistent);
                return LifetimeRules.Check("expiresIn", expiresIn, maxIdle) is { } refusal ? refusal
                    : LifetimeRules.Check("endsIn", endsIn, maxLifetime) is { } tooLong ? tooLong
                    : session with { Lifetime = session.Lifetime.Moved(now, expiresIn, endsIn) };
            },
            cancellation);

    private Task<Result<Session>> UpdateAsync(
        SessionId id, Func<Session, DateTimeOffset, Result<Session>> decide, CancellationToken cancellation, IdempotencyKey? key = null) =>
        _sessions.UpdateAsync(
            id,
            (stored, now) => ValueTask.FromResult(
                _sessions.Open(stored) is not { } session ? Refusal.NoSuchSession
                : LiveSessions.IsKnown(key, stored!, now) ? session
                : decide(session, now)),
            key,
            cancellation);
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sessions.Use;

/// <summary>What a holder of a token can do with a session as a whole.</summary>
public sealed class HolderSessions
{
    private readonly SessionEnding _ending;
    private readonly HolderAccess _access;
    private readonly RotationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<HolderSessions> _log;

    internal HolderSessions(
        SessionEnding ending, HolderAccess access, IOptions<RotationOptions> options, TimeProvider time, ILogger<HolderSessions> log) =>
        (_ending, _access, _options, _time, _log) = (ending, access, options.Value, time, log);

    /// <param name="slide">False: a look that isn't a use and doesn't keep the session alive.</param>
    public Task<Result<Session>> ReadAsync(SessionToken token, bool slide, CancellationToken cancellation) =>
        _access.UseAsync(token, slide ? static (session, now) => session.Slide(now) : static (session, _) => session, cancellation);

    /// <summary>
    /// A read whose answer can carry a new token: gives one once the present one is old enough (<see
    /// cref="RotationOptions.RotateAfter"/>).
    /// </summary>
    public async Task<Result<(Session Session, SessionToken? Rotated)>> ReadAndRotateAsync(SessionToken token, bool slide, CancellationToken cancellation)
    {
        SessionToken? rotated = null;
        var read = await _access.UseAsync(
            token,
            (session, now) =>
            {
                rotated = null;
                var seen = slide ? session.Slide(now) : session;
                if (_options.RotateAfter is not { } age || !session.Secrets.IsDue(now, age, _options.RotationGrace))
                {
                    return seen;
                }

                rotated = SessionToken.New(token.Id);
                return seen with { Secrets = seen.Secrets.Rotate(rotated.Hash, now) };
            },
            cancellation);
        return read.Then<(Session, SessionToken?)>(session => (session, rotated));
    }

    /// <summary>Keeps the session alive, written down at once.</summary>
    public Task<Result<Session>> TouchAsync(SessionToken token, CancellationToken cancellation) =>
        _access.UseAsync(token, (session, now) => session with { Lifetime = session.Lifetime.SlideNow(now) }, cancellation);

    /// <summary>A new secret for the same session; the old one works on until the new one was used, and a little longer.</summary>
    public async Task<Result<IssuedSession>> RotateAsync(SessionToken token, CancellationToken cancellation)
    {
        var next = SessionToken.New(token.Id);
        var rotated = await _access.UseAsync(
            token,
            (session, now) => session with { Secrets = session.Secrets.Rotate(next.Hash, now), Lifetime = session.Lifetime.SlideNow(now) },
            cancellation);
        return rotated.Then<IssuedSession>(session =>
        {
            _log.Rotated(session.Id);
            return new IssuedSession(session, next);
        });
    }

    /// <summary>
    /// Logs out: ends the session, if the token is one of its own, whichever; and what the session goes on as, if it was just signed in.
    /// True where one ended.
    /// </summary>
    public async Task<bool> EndAsync(SessionToken token, CancellationToken cancellation)
    {
        var match = SecretMatch.None;
        var ended = await _ending.EndAsync(
            token.Id,
            SessionEnd.LogOut,
            stored => (match = stored.Match(token, _time.Now())) != SecretMatch.None,
            cancellation);
        if (ended && match == SecretMatch.Replayed)
        {
            _log.Replayed(token.Id);
        }
        else if (ended)
        {
            _log.Ended(token.Id);
        }

        return ended;
    }
}

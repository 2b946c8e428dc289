using Microsoft.Extensions.Logging;

namespace Sessions.Use;

/// <summary>
/// A token used after it was rotated away and its grace is over: somebody kept a copy. Nobody can tell who is who, so the session ends.
/// </summary>
internal sealed class ReplayedToken(LiveSessions sessions, TimeProvider time, ILogger<ReplayedToken> log)
{
    public async Task EndSessionAsync(SessionToken token, CancellationToken cancellation)
    {
        log.Replayed(token.Id);
        await sessions.EndAsync(token.Id, session => session.Secrets.Match(token.Hash, time.Now()) != SecretMatch.None, cancellation);
    }
}

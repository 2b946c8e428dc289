using Microsoft.Extensions.Logging;

namespace Sessions.Use;

/// <summary>
/// A token used after it was rotated away and its grace is over: somebody kept a copy. Nobody can tell who is who, so the session ends.
/// </summary>
internal sealed class ReplayedToken(LiveSessions sessions, ILogger<ReplayedToken> log)
{
    public async Task EndSessionAsync(SessionToken token, CancellationToken cancellation)
    {
        log.Replayed(token.Id);
        await sessions.EndAsync(token, cancellation);
    }
}

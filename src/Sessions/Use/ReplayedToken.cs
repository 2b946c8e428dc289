using Microsoft.Extensions.Logging;

namespace Sessions.Use;

/// <summary>
/// A token used after it was rotated away and its grace is over: somebody kept a copy. Nobody can tell who is who, so the session ends.
/// </summary>
internal sealed class ReplayedToken(SessionEnding ending, ILogger<ReplayedToken> log)
{
    public async Task EndSessionAsync(SessionToken token, CancellationToken cancellation)
    {
        log.Replayed(token.Id);
        await ending.EndAsync(token.Id, SessionEnd.Replay, _ => true, cancellation);
    }
}

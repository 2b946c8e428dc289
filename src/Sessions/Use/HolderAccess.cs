using Microsoft.Extensions.Options;

namespace Sessions.Use;

/// <summary>
/// Lets a holder in by token, and notes what the token's use means: a new secret's first use promotes it, a replaced one's ends the
/// session.
/// </summary>
internal sealed class HolderAccess(LiveSessions sessions, ReplayedToken replayed, IOptions<RotationOptions> options)
{
    private readonly TimeSpan _grace = options.Value.RotationGrace;

    /// <summary>The session that the token opens, changed as decided.</summary>
    public Task<Result<Session>> UseAsync(
        SessionToken token, Func<Session, DateTimeOffset, Result<Session>> decide, CancellationToken cancellation) =>
        sessions.UpdateAsync(
            token.Id,
            async (session, now) => (await LetInAsync(session, token, now, cancellation)).Then(known => decide(known, now)),
            cancellation);

    private async Task<Result<Session>> LetInAsync(Session? session, SessionToken token, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (session?.Secrets.Match(token.Hash, now))
        {
            case SecretMatch.Current or SecretMatch.InGrace:
                return session;

            case SecretMatch.Pending:
                return session with { Secrets = session.Secrets.Promote(now, _grace) };

            case SecretMatch.Replayed:
                await replayed.EndSessionAsync(token, cancellation);
                return Refusal.NotAuthenticated;

            default:
                return Refusal.NotAuthenticated;
        }
    }
}

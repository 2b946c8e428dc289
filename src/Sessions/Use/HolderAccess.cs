using Microsoft.Extensions.Options;
using Sessions.Rows;

namespace Sessions.Use;

/// <summary>
/// Lets a holder in by token, and notes what the token's use means: a new secret's first use promotes it, a replaced one's ends the
/// session. The secret is compared before anything else of the session is looked at.
/// </summary>
internal sealed class HolderAccess(LiveSessions sessions, ReplayedToken replayed, IOptions<RotationOptions> options)
{
    private readonly TimeSpan _grace = options.Value.RotationGrace;

    /// <summary>The session that the token opens, changed as decided; not again where a change of that key was made already.</summary>
    public Task<Result<Session>> UseAsync(
        SessionToken token, Func<Session, DateTimeOffset, Result<Session>> decide, CancellationToken cancellation, IdempotencyKey? key = null) =>
        sessions.UpdateAsync(
            token.Id,
            async (stored, now) =>
            {
                var letIn = await LetInAsync(stored, token, now, cancellation);
                return stored is not null && LiveSessions.IsKnown(key, stored, now) ? letIn : letIn.Then(session => decide(session, now));
            },
            key,
            cancellation);

    /// <summary>What the token is to the session. A replay ends it.</summary>
    public ValueTask<SecretMatch> MatchAsync(StoredSession? stored, SessionToken token, DateTimeOffset now, CancellationToken cancellation)
    {
        var match = stored?.Match(token, now) ?? SecretMatch.None;
        return match == SecretMatch.Replayed ? EndAsync() : new(match);

        async ValueTask<SecretMatch> EndAsync()
        {
            await replayed.EndSessionAsync(token, cancellation);
            return SecretMatch.Replayed;
        }
    }

    private async ValueTask<Result<Session>> LetInAsync(StoredSession? stored, SessionToken token, DateTimeOffset now, CancellationToken cancellation) =>
        await MatchAsync(stored, token, now, cancellation) switch
        {
            SecretMatch.Current or SecretMatch.InGrace => Open(stored!),
            SecretMatch.Pending => Open(stored!).Then<Session>(session =>
                session with { Secrets = session.Secrets.Promote(token.Hash, now, _grace) }),
            _ => Refusal.NotAuthenticated,
        };

    private Result<Session> Open(StoredSession stored) => sessions.Open(stored) is { } session ? session : Refusal.NotAuthenticated;
}

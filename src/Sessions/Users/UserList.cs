using Sessions.Rows;

namespace Sessions.Users;

/// <summary>The list of a user's sessions, without those that are over.</summary>
internal sealed class UserList(UserRows rows, NotBeforeMark mark, TimeProvider time)
{
    /// <summary>Newest first, and only those that somebody can use.</summary>
    public async Task<IReadOnlyList<ListedSession>> LiveAsync(UserKey user, Shard shard, CancellationToken cancellation)
    {
        var live = await LiveAsync(await rows.ListAsync(user, shard, cancellation), cancellation);
        return [.. live.Where(session => !session.IsReserved).OrderByDescending(session => session.Created)];
    }

    /// <summary>Those of a list as read that aren't over, nor ended with all others; reserved ones too.</summary>
    public async Task<IEnumerable<ListedSession>> LiveAsync(IEnumerable<ListedSession> sessions, CancellationToken cancellation)
    {
        var notBefore = await mark.GetAsync(cancellation);
        var now = time.Now();
        return sessions.Where(session => !session.IsEnded && session.Expires > now && session.Born > notBefore);
    }

    /// <summary>Ends those that are chosen, also such as a sign-in is about to bring to life.</summary>
    public async Task<Result<SessionId[]>> EndAsync(
        UserKey user, Shard shard, SessionEnd end, Func<ListedSession, bool> chosen, CancellationToken cancellation) =>
        await rows.EndAsync(user, shard, end, chosen, cancellation) is { } ended ? ended : Refusal.Busy;
}

using Sessions.Rows;

namespace Sessions.Users;

/// <summary>The list of a user's sessions, without those that are over.</summary>
internal sealed class UserList(UserRows rows, NotBeforeMark mark, TimeProvider time)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ListedSession>> LiveAsync(UserKey user, Shard shard, CancellationToken cancellation)
    {
        var live = await LiveAsync(await rows.ListAsync(user, shard, cancellation), cancellation);
        return [.. live.OrderByDescending(session => session.Created)];
    }

    /// <summary>Those of a list as read that aren't over, nor ended with all others.</summary>
    public async Task<IEnumerable<ListedSession>> LiveAsync(IEnumerable<ListedSession> sessions, CancellationToken cancellation)
    {
        var notBefore = await mark.GetAsync(cancellation);
        var now = time.Now();
        return sessions.Where(session => session.Expires > now && session.Born > notBefore);
    }

    public Task<IReadOnlyList<SessionId>> EndAsync(UserKey user, Shard shard, Func<ListedSession, bool> chosen, CancellationToken cancellation) =>
        rows.EndAsync(user, shard, chosen, cancellation);
}

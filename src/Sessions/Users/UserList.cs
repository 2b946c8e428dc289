using Sessions.Rows;

namespace Sessions.Users;

/// <summary>The list of a user's sessions, without those that are over.</summary>
internal sealed class UserList(UserRows rows, NotBeforeMark mark, TimeProvider time)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ListedSession>> LiveAsync(UserKey user, Shard shard, CancellationToken cancellation)
    {
        var notBefore = await mark.GetAsync(cancellation);
        var now = time.Now();
        return [.. (await rows.ListAsync(user, shard, cancellation))
            .Where(session => session.Expires > now && session.Born > notBefore)
            .OrderByDescending(session => session.Created)];
    }

    public Task<IReadOnlyList<SessionId>> EndAsync(UserKey user, Shard shard, Func<ListedSession, bool> chosen, CancellationToken cancellation) =>
        rows.EndAsync(user, shard, chosen, cancellation);
}

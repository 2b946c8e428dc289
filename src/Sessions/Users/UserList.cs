using Sessions.Rows;

namespace Sessions.Users;

/// <summary>The list of a user's sessions, without those that are over.</summary>
internal sealed class UserList(UserRows rows, NotBeforeMark mark, TimeProvider time)
{
    /// <summary>A page of those that somebody can use, newest first.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="shard">Where they are.</param>
    /// <param name="except">One that isn't listed.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ListPage<ListedSession>> PageAsync(
        UserKey user, Shard shard, SessionId? except, ListPosition? after, CancellationToken cancellation)
    {
        var live = await LiveAsync(await rows.ListAsync(user, shard, cancellation), cancellation);
        return ListPage.Of(live.Where(session => !session.IsReserved && session.Id != except), after);
    }

    /// <summary>Those of a list as read that aren't over, nor ended with all others; reserved ones too.</summary>
    public async Task<IEnumerable<ListedSession>> LiveAsync(IEnumerable<ListedSession> sessions, CancellationToken cancellation)
    {
        var notBefore = await mark.GetAsync(cancellation);
        var now = time.Now();
        return sessions.Where(session => !session.IsEnded && session.Expires > now && session.Born > notBefore);
    }

    /// <summary>Ends those that are chosen, also such as a sign-in is about to bring to life. Returns those that weren't over anyway.</summary>
    public async Task<Result<SessionId[]>> EndAsync(
        UserKey user, Shard shard, SessionEnd end, Func<ListedSession, bool> chosen, CancellationToken cancellation) =>
        await rows.EndAsync(user, shard, end, chosen, cancellation) is { } ended
            ? (await LiveAsync(ended, cancellation)).Select(session => session.Id).ToArray()
            : Refusal.Busy;
}

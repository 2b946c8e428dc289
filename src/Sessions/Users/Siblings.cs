using Microsoft.Extensions.Logging;
using Sessions.Use;

namespace Sessions.Users;

/// <summary>The other sessions of the user that a holder is signed in as; none where the holder is signed in as nobody.</summary>
public sealed class Siblings
{
    private static readonly Refusal Unknown = Refusal.Missing("You have no other session of that id (any more).");

    private readonly HolderSessions _holder;
    private readonly UserList _list;
    private readonly ILogger<Siblings> _log;

    internal Siblings(HolderSessions holder, UserList list, ILogger<Siblings> log) => (_holder, _list, _log) = (holder, list, log);

    public async Task<Result<ListPage<ListedSession>>> ListAsync(SessionToken token, ListPosition? after, CancellationToken cancellation)
    {
        if (!(await _holder.ReadAsync(token, slide: true, cancellation)).Succeeded(out var session, out var refusal))
        {
            return refusal;
        }

        return session.UserKey is { } user
            ? await _list.PageAsync(user, session.Id.Shard, except: session.Id, after, cancellation)
            : new ListPage<ListedSession>([], null);
    }

    /// <summary>Ends all of them. Returns how many.</summary>
    public Task<Result<int>> EndAsync(SessionToken token, CancellationToken cancellation) => EndAsync(token, _ => true, cancellation);

    /// <summary>Ends one of them.</summary>
    public async Task<Refusal?> EndOneAsync(SessionToken token, SessionId id, CancellationToken cancellation) =>
        (await EndAsync(token, other => other.Id == id, cancellation)).Succeeded(out var ended, out var refusal) && ended == 0 ? Unknown : refusal;

    private async Task<Result<int>> EndAsync(SessionToken token, Func<ListedSession, bool> chosen, CancellationToken cancellation)
    {
        if (!(await _holder.ReadAsync(token, slide: true, cancellation)).Succeeded(out var session, out var refusal))
        {
            return refusal;
        }

        if (session.UserKey is not { } user)
        {
            return 0;
        }

        var ending = await _list.EndAsync(user, session.Id.Shard, SessionEnd.Sibling, other => other.Id != session.Id && chosen(other), cancellation);
        if (!ending.Succeeded(out var ended, out refusal))
        {
            return refusal;
        }

        foreach (var id in ended)
        {
            _log.EndedBySibling(id, session.Id);
        }

        return ended.Length;
    }
}

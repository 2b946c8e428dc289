using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;

namespace Sessions.Users;

/// <summary>All sessions of a user, as the operator sees and ends them.</summary>
public sealed class UserSessions
{
    private readonly UserList _list;
    private readonly LiveSessions _sessions;
    private readonly UserKeys _keys;
    private readonly int _shards;
    private readonly ILogger<UserSessions> _log;

    internal UserSessions(
        UserList list,
        LiveSessions sessions,
        UserKeys keys,
        IOptions<RowsOptions> rows,
        ILogger<UserSessions> log)
    {
        (_list, _sessions, _keys, _shards, _log) = (list, sessions, keys, rows.Value.Shards, log);
    }

    /// <summary>Those that live, newest first.</summary>
    public async Task<ListPage<ListedSession>> ListAsync(User user, ListPosition? after, CancellationToken cancellation)
    {
        var key = await _keys.OfAsync(user, cancellation);
        return await _list.PageAsync(key, ShardOf(key), except: null, after, cancellation);
    }

    /// <summary>The same with all that they hold: a request more for each.</summary>
    public async Task<ListPage<(ListedSession Listed, Session Session)>> ReadAsync(User user, ListPosition? after, CancellationToken cancellation)
    {
        var read = new List<(ListedSession, Session)>();
        var page = await ListAsync(user, after, cancellation);
        foreach (var listed in page.Sessions)
        {
            if (_sessions.Open(await _sessions.FindOpenAsync(listed.Id, cancellation)) is { } session)
            {
                read.Add((listed, session));
            }
        }

        return new ListPage<(ListedSession, Session)>(read, page.Next);
    }

    /// <summary>Ends them, all but one if asked. Returns how many; refused where others kept changing the list, and some may live.</summary>
    public async Task<Result<int>> EndAsync(User user, SessionId? except, CancellationToken cancellation)
    {
        var key = await _keys.OfAsync(user, cancellation);
        var ending = await _list.EndAsync(key, ShardOf(key), SessionEnd.Operator, session => session.Id != except, cancellation);
        if (!ending.Succeeded(out var ended, out var refusal))
        {
            return refusal;
        }

        foreach (var id in ended)
        {
            _log.EndedByOperator(id);
        }

        return ended.Length;
    }

    private Shard ShardOf(UserKey user) => Shard.Of(user, _shards);
}

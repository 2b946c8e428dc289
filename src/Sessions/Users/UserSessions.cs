using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;

namespace Sessions.Users;

/// <summary>All sessions of a user, as the operator sees and ends them.</summary>
public sealed class UserSessions
{
    private readonly UserList _list;
    private readonly UserLimitRow _limits;
    private readonly LiveSessions _sessions;
    private readonly int _shards;
    private readonly bool _limited;
    private readonly ILogger<UserSessions> _log;

    internal UserSessions(
        UserList list,
        UserLimitRow limits,
        LiveSessions sessions,
        IOptions<RowsOptions> rows,
        IOptions<UserLimitOptions> limit,
        ILogger<UserSessions> log)
    {
        (_list, _limits, _sessions, _log) = (list, limits, sessions, log);
        (_shards, _limited) = (rows.Value.Shards, limit.Value.MaxPerUser > 0);
    }

    /// <summary>Those that live, newest first.</summary>
    public Task<ListPage<ListedSession>> ListAsync(User user, ListPosition? after, CancellationToken cancellation) =>
        _list.PageAsync(user.Key, ShardOf(user), except: null, after, cancellation);

    /// <summary>The same with all that they hold: a request more for each.</summary>
    public async Task<ListPage<(ListedSession Listed, Session Session)>> ReadAsync(User user, ListPosition? after, CancellationToken cancellation)
    {
        var read = new List<(ListedSession, Session)>();
        var page = await ListAsync(user, after, cancellation);
        foreach (var listed in page.Sessions)
        {
            if (await _sessions.FindLiveAsync(listed.Id, cancellation) is { } stored)
            {
                read.Add((listed, stored.Session));
            }
        }

        return new ListPage<(ListedSession, Session)>(read, page.Next);
    }

    /// <summary>Ends them, all but one if asked. Returns how many.</summary>
    public async Task<int> EndAsync(User user, SessionId? except, CancellationToken cancellation)
    {
        var shard = ShardOf(user);
        var ended = await _list.EndAsync(user.Key, shard, session => session.Id != except, cancellation);
        if (_limited && except is null)
        {
            await _limits.RemoveAsync(user.Key, shard, cancellation);
        }

        foreach (var id in ended)
        {
            _log.EndedByOperator(id);
        }

        return ended.Count;
    }

    private Shard ShardOf(User user) => Shard.Of(user.Key, _shards);
}

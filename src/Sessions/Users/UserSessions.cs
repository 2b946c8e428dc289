using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;

namespace Sessions.Users;

/// <summary>All sessions of a user, as the operator sees and ends them.</summary>
public sealed class UserSessions
{
    private readonly UserKeys _keys;
    private readonly UserList _list;
    private readonly UserLimitRow _limits;
    private readonly LiveSessions _sessions;
    private readonly int _shards;
    private readonly bool _limited;
    private readonly ILogger<UserSessions> _log;

    internal UserSessions(
        UserKeys keys,
        UserList list,
        UserLimitRow limits,
        LiveSessions sessions,
        IOptions<RowsOptions> rows,
        IOptions<UserLimitOptions> limit,
        ILogger<UserSessions> log)
    {
        (_keys, _list, _limits, _sessions, _log) = (keys, list, limits, sessions, log);
        (_shards, _limited) = (rows.Value.Shards, limit.Value.MaxPerUser > 0);
    }

    /// <summary>Those that live, newest first.</summary>
    public async Task<IReadOnlyList<ListedSession>> ListAsync(User user, CancellationToken cancellation)
    {
        var key = await _keys.OfAsync(user, cancellation);
        return await _list.LiveAsync(key, Shard.Of(key, _shards), cancellation);
    }

    /// <summary>The same with all that they hold: a request more for each.</summary>
    public async Task<IReadOnlyList<(ListedSession Listed, Session Session)>> ReadAsync(User user, CancellationToken cancellation)
    {
        var read = new List<(ListedSession, Session)>();
        foreach (var listed in await ListAsync(user, cancellation))
        {
            if (await _sessions.FindLiveAsync(listed.Id, cancellation) is { } stored)
            {
                read.Add((listed, stored.Session));
            }
        }

        return read;
    }

    /// <summary>Ends them, all but one if asked. Returns how many.</summary>
    public async Task<int> EndAsync(User user, SessionId? except, CancellationToken cancellation)
    {
        var key = await _keys.OfAsync(user, cancellation);
        var shard = Shard.Of(key, _shards);
        var ended = await _list.EndAsync(key, shard, session => session.Id != except, cancellation);
        if (_limited && except is null)
        {
            await _limits.RemoveAsync(key, shard, cancellation);
        }

        foreach (var id in ended)
        {
            _log.EndedByOperator(id);
        }

        return ended.Count;
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Data;
using Sessions.Rows;
using Sessions.SignIn;

namespace Sessions.Operate;

/// <summary>What the operator, a trusted backend, can do with any session and any user's sessions.</summary>
public sealed class OperatorSessions(
    LiveSessions writer,
    UserRows users,
    NotBefore notBefore,
    IOptions<SessionOptions> options,
    TimeProvider time,
    ILogger<OperatorSessions> log)
{
    public static readonly Refusal Unknown = Refusal.Missing("There is no such session (any more).");

    private readonly SessionOptions _options = options.Value;

    public async Task<Result<Session>> FindAsync(SessionId id, CancellationToken cancellation) =>
        await writer.FindLiveAsync(id, cancellation) is { Session: var session } ? session : Unknown;

    /// <summary>Ends a session. Done twice it is done once.</summary>
    public async Task RevokeAsync(SessionId id, CancellationToken cancellation)
    {
        while (await writer.FindAsync(id, cancellation) is { Session: var session })
        {
            if (await writer.DeleteAsync(session, cancellation))
            {
                log.Revoked(id);
                return;
            }
        }
    }

    /// <summary>Merges into the claims, which the holder can't.</summary>
    public Task<Result<Session>> PatchClaimsAsync(SessionId id, VersionCondition condition, SessionData patch, CancellationToken cancellation) =>
        UpdateAsync(
            id,
            (session, _) => !condition.Holds(session.Version)
                ? Refusal.Stale
                : MergePatch.Apply(session.Claims, patch).Then<Session>(claims => SizeRule.Check("claims", claims, _options.MaxClaimsBytes) is { } refusal
                    ? refusal
                    : session with { Claims = claims, Version = session.Version + 1 }),
            cancellation);

    /// <summary>Lets the holder of a session sign in as a user. A second ticket takes the place of the first.</summary>
    public async Task<Result<IssuedTicket>> IssueTicketAsync(SessionId id, SignInAs binding, CancellationToken cancellation)
    {
        if (SizeRule.Check("claims", binding.Claims, _options.MaxClaimsBytes) is { } refusal)
        {
            return refusal;
        }

        var (code, hash) = TicketCode.New();
        var updated = await UpdateAsync(
            id, (session, now) => session with { Ticket = new Ticket(hash, now + _options.TicketLifetime, binding) }, cancellation);
        return updated.Then<IssuedTicket>(session => new IssuedTicket(session.Ticket!, code));
    }

    /// <summary>A user's sessions that live, newest first.</summary>
    public Task<IReadOnlyList<ListedSession>> ListAsync(User user, CancellationToken cancellation) =>
        writer.LiveEntriesAsync(users, user.Key, ShardOf(user), cancellation);

    /// <summary>Ends a user's sessions, all but one if asked.</summary>
    public async Task<int> EndAllAsync(User user, SessionId? except, CancellationToken cancellation)
    {
        var shard = ShardOf(user);
        var ended = await users.EndAsync(user.Key, shard, entry => entry.Id != except, cancellation);
        if (_options.MaxPerUser > 0 && except is null)
        {
            await users.RemoveGuardAsync(user.Key, shard, cancellation);
        }

        foreach (var id in ended)
        {
            log.Revoked(id);
        }

        return ended.Count;
    }

    /// <summary>Ends every session there is. Rows stay until the sweep comes by; nothing opens them meanwhile.</summary>
    public async Task EndEverythingAsync(CancellationToken cancellation)
    {
        var now = time.Now();
        await notBefore.SetAsync(now, cancellation);
        log.EndedEverything(now);
    }

    private Task<Result<Session>> UpdateAsync(SessionId id, Func<Session, DateTimeOffset, Result<Session>> decide, CancellationToken cancellation) =>
        writer.UpdateAsync(id, (session, now) => Task.FromResult(session is null ? Unknown : decide(session, now)), cancellation);

    private Shard ShardOf(User user) => Shard.Of(user.Key, _options.Shards);
}

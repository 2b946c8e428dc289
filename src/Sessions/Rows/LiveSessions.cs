using Microsoft.Extensions.Logging;

namespace Sessions.Rows;

/// <summary>
/// Reads a session, lets a caller decide, and writes what the decision changed; nothing changed, nothing written. Where another write came
/// in between, all of it is done again on what is there then.
/// </summary>
public sealed class LiveSessions(SessionRows store, NotBefore notBefore, TimeProvider time, ILogger<LiveSessions> log)
{
    /// <summary>Each lost round means that somebody else's write went through; past this many the caller is told to come back.</summary>
    private const int MaxRounds = 100;

    private readonly WriterQueue _queue = new();

    /// <param name="decide">Is given the session, or null where there is none that lives; may be asked more than once.</param>
    public async Task<Result<Session>> UpdateAsync(
        SessionId id, Func<Session?, DateTimeOffset, Task<Result<Session>>> decide, CancellationToken cancellation)
    {
        IDisposable? place = null;
        try
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                var stored = await FindLiveAsync(id, cancellation);
                if (!(await decide(stored?.Session, time.Now())).Succeeded(out var next, out var refusal) || next == stored?.Session)
                {
                    return refusal ?? (Result<Session>)next!;
                }

                if ((await store.ReplaceAsync(stored!, next, cancellation)).Succeeded(out _, out refusal))
                {
                    return next;
                }

                if (refusal != Refusal.Busy)
                {
                    return refusal;
                }

                place ??= await _queue.EnterAsync(id, cancellation);
            }

            return Refusal.Busy;
        }
        finally
        {
            place?.Dispose();
        }
    }

    /// <summary>The session, unless it is over, ended with all others, or on its way into another by a sign-in.</summary>
    public async Task<StoredSession?> FindLiveAsync(SessionId id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) is { Session.MovingTo: null } stored ? stored : null;

    /// <summary>Ends a session for good; false where it was renewed since it was read. A sign-in under way ends with it.</summary>
    public async Task<bool> DeleteAsync(Session session, CancellationToken cancellation)
    {
        if (!await store.DeleteAsync(session, cancellation))
        {
            return false;
        }

        if (session.MovingTo is { } successor && await store.FindAsync(successor, cancellation) is { Session: var made })
        {
            await store.DeleteAsync(made, cancellation);
        }

        return true;
    }

    /// <summary>A user's sessions that live, newest first.</summary>
    public async Task<IReadOnlyList<ListedSession>> LiveEntriesAsync(
        UserRows users, UserKey user, Shard shard, CancellationToken cancellation)
    {
        var mark = await notBefore.GetAsync(cancellation);
        var now = time.Now();
        return [.. (await users.ListAsync(user, shard, cancellation))
            .Where(entry => entry.Expires > now && entry.Born > mark)
            .OrderByDescending(entry => entry.Created)];
    }

    /// <summary>The session, unless it is over or ended with all others.</summary>
    public async Task<StoredSession?> FindAsync(SessionId id, CancellationToken cancellation)
    {
        var mark = await notBefore.GetAsync(cancellation);
        try
        {
            return await store.FindAsync(id, cancellation) is { Session.Lifetime: var lifetime } stored && !lifetime.IsOver(time.Now()) && lifetime.Born > mark
                ? stored
                : null;
        }
        catch (UnreadablePayloadException e)
        {
            // Its holder can sign in again, which an error for ever wouldn't let them.
            log.Unreadable(e, id);
            return null;
        }
    }
}

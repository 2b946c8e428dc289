using Microsoft.Extensions.Logging;
using Sessions.Rows;

namespace Sessions.Use;

/// <summary>
/// Reads a session, lets a caller decide, and writes what the decision changed; nothing changed, nothing written. Where another write came
/// in between, all of it is done again on what is there then.
/// </summary>
internal sealed class LiveSessions(SessionRows rows, NotBeforeMark mark, TimeProvider time, ILogger<LiveSessions> log)
{
    /// <summary>Each lost round means that somebody else's write went through; past this many the caller is told to come back.</summary>
    private const int MaxRounds = 100;

    private static readonly Refusal TooLarge = Refusal.TooLarge($"The session would take more than {SizeOptions.MostStoredBytes} bytes in storage.");

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

                var outcome = (await rows.ReplaceAsync(stored!, next, cancellation)).Outcome;
                if (outcome is WriteOutcome.Written or WriteOutcome.TooLarge)
                {
                    return outcome is WriteOutcome.Written ? next : TooLarge;
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

    /// <summary>What a caller is told of a write that didn't happen; null where it did.</summary>
    public static Refusal? RefusalOf(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Written => null,
        WriteOutcome.TooLarge => TooLarge,
        _ => Refusal.Busy,
    };

    /// <summary>The session, unless it is over, ended with all others, or on its way into another by a sign-in.</summary>
    public async Task<StoredSession?> FindLiveAsync(SessionId id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) is { Session.MovingTo: null } stored ? stored : null;

    /// <summary>The session, unless it is over or ended with all others.</summary>
    public async Task<StoredSession?> FindAsync(SessionId id, CancellationToken cancellation)
    {
        var notBefore = await mark.GetAsync(cancellation);
        try
        {
            return await rows.FindAsync(id, cancellation) is { } stored
                && stored.Session.Lifetime is var lifetime
                && !lifetime.IsOver(time.Now())
                && lifetime.Born > notBefore
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

    /// <summary>Ends a session for good, if the token is one of its own, whichever.</summary>
    public Task<bool> EndAsync(SessionToken token, CancellationToken cancellation) =>
        EndAsync(token.Id, session => session.Secrets.Match(token.Hash, time.Now()) != SecretMatch.None, cancellation);

    /// <summary>Ends a session for good, if it may be; false where there is none. A sign-in under way ends with it.</summary>
    public async Task<bool> EndAsync(SessionId id, Func<Session, bool> may, CancellationToken cancellation)
    {
        while (await FindAsync(id, cancellation) is { Session: var session } && may(session))
        {
            if (!await rows.DeleteAsync(session, cancellation))
            {
                continue;
            }

            if (session.MovingTo is { } successor && await rows.FindAsync(successor, cancellation) is { Session: var made })
            {
                await rows.DeleteAsync(made, cancellation);
            }

            return true;
        }

        return false;
    }
}

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

    /// <param name="id">The session.</param>
    /// <param name="decide">Is given the session, or null where there is none that lives; may be asked more than once.</param>
    /// <param name="key">By which the caller may make the same change again. Known already, nothing but a new token's first use is written.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Result<Session>> UpdateAsync(
        SessionId id, Func<StoredSession?, DateTimeOffset, ValueTask<Result<Session>>> decide, IdempotencyKey? key, CancellationToken cancellation)
    {
        IDisposable? place = null;
        try
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                var stored = await FindOpenAsync(id, cancellation);
                var now = time.Now();
                if (!(await decide(stored, now)).Succeeded(out var next, out var refusal) || next == stored?.Session)
                {
                    return refusal ?? (Result<Session>)next!;
                }

                var writeId = IsKnown(key, stored!, now) ? null : key?.WriteId;
                var write = await rows.ReplaceAsync(stored!, next, writeId, cancellation);
                if (write.Outcome is not (WriteOutcome.Changed or WriteOutcome.Gone))
                {
                    return RefusalOf(write.Outcome) ?? (Result<Session>)Answer(next, write.Stored, key);
                }

                place = round == 0 ? await _queue.EnterAsync(id, cancellation) : place;
            }

            return Refusal.Busy;
        }
        finally
        {
            place?.Dispose();
        }
    }

    /// <summary>Whether the change that goes by this key has been made.</summary>
    public static bool IsKnown(IdempotencyKey? key, StoredSession stored, DateTimeOffset now) =>
        key is { WriteId: var id } && stored.Writes.Has(id, now);

    /// <summary>What a caller is told of a write that didn't happen; null where it did.</summary>
    public static Refusal? RefusalOf(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Written => null,
        WriteOutcome.TooLarge => TooLarge,
        WriteOutcome.Unknown => Refusal.OutcomeUnknown,
        _ => Refusal.Busy,
    };

    /// <summary>The session, if it lives and opens to the right secret.</summary>
    public async ValueTask<StoredSession?> FindOpenAsync(SessionId id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) is { IsOpen: true } stored ? stored : null;

    /// <summary>The session, unless it is over or ended; also one that isn't open yet, or what is left of one that was signed in.</summary>
    public async ValueTask<StoredSession?> FindAsync(SessionId id, CancellationToken cancellation)
    {
        var notBefore = await mark.GetAsync(cancellation);
        return await rows.FindAsync(id, cancellation) is { IsEnded: false } stored && !IsOver(stored, notBefore) ? stored : null;
    }

    /// <summary>
    /// All that the session holds. Null where it can't be decoded: then it counts as ended. Its holder can sign in again, which an error
    /// for ever wouldn't let them.
    /// </summary>
    public Session? Open(StoredSession? stored)
    {
        try
        {
            return stored?.Session;
        }
        catch (UnreadablePayloadException e)
        {
            log.Unreadable(e, stored!.Id);
            return null;
        }
    }

    /// <summary>The session as it was written; as it is where another call with the same key may have made the change.</summary>
    private Session Answer(Session written, StoredSession? stored, IdempotencyKey? key) =>
        key is not null && stored is { IsOpen: true } ? Open(stored) ?? written : written;

    /// <summary>Whether it has expired, or was ended with all others. A row that doesn't say it is over.</summary>
    private bool IsOver(StoredSession stored, DateTimeOffset notBefore) =>
        stored.Lifetime is not { } lifetime || lifetime.IsOver(time.Now()) || lifetime.Born <= notBefore;
}

using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>Every line the domain logs. Session ids are public and may stand here; tokens, hashes, data and its names never do.</summary>
internal static partial class Telemetry
{
    [LoggerMessage(1, LogLevel.Information, "Session {Session} created (persistent: {Persistent}, signed in: {SignedIn})")]
    public static partial void Created(this ILogger log, SessionId session, bool persistent, bool signedIn);

    [LoggerMessage(2, LogLevel.Information, "Session {Session} rotated")]
    public static partial void Rotated(this ILogger log, SessionId session);

    [LoggerMessage(3, LogLevel.Information, "Session {Session} ended by its holder")]
    public static partial void Ended(this ILogger log, SessionId session);

    [LoggerMessage(4, LogLevel.Warning, "Session {Session} ended: a token was used again after it had been rotated away, so somebody kept a copy")]
    public static partial void Replayed(this ILogger log, SessionId session);

    [LoggerMessage(5, LogLevel.Information, "Session {Session} signed in; it goes on as {Successor}")]
    public static partial void SignedIn(this ILogger log, SessionId session, SessionId successor);

    [LoggerMessage(6, LogLevel.Information, "Session {Session} ended by the operator")]
    public static partial void EndedByOperator(this ILogger log, SessionId session);

    [LoggerMessage(7, LogLevel.Information, "Session {Session} ended by {Sibling} of the same user")]
    public static partial void EndedBySibling(this ILogger log, SessionId session, SessionId sibling);

    [LoggerMessage(8, LogLevel.Information, "Session {Session} ended to make room for {Successor} of the same user")]
    public static partial void Evicted(this ILogger log, SessionId session, SessionId successor);

    [LoggerMessage(9, LogLevel.Warning, "Every session created up to {Mark:O} ended by the operator")]
    public static partial void EndedEverything(this ILogger log, DateTimeOffset mark);

    [LoggerMessage(10, LogLevel.Information, "Cleanup: {Deleted} deleted, {Renewed} renewed meanwhile, {Unknown} unknown rows left alone, {Shards} shards in {Milliseconds} ms (complete: {Complete})")]
    public static partial void CleanedUp(this ILogger log, int deleted, int renewed, int unknown, int shards, long milliseconds, bool complete);

    [LoggerMessage(11, LogLevel.Error, "Cleanup: shard {Shard} failed; going on with the next one")]
    public static partial void CleanupFailed(this ILogger log, Exception exception, Shard shard);

    [LoggerMessage(12, LogLevel.Error, "Session {Session} can't be read and counts as ended")]
    public static partial void Unreadable(this ILogger log, Exception exception, SessionId session);
}

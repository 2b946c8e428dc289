using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>Every line the service logs. Session ids are public and may stand here; tokens, hashes, data and its names never do.</summary>
internal static partial class Telemetry
{
    [LoggerMessage(1, LogLevel.Information, "Session {Session} created (persistent: {Persistent}, bound to a user: {Bound})")]
    public static partial void Created(this ILogger log, SessionId session, bool persistent, bool bound);

    [LoggerMessage(2, LogLevel.Information, "Session {Session} rotated")]
    public static partial void Rotated(this ILogger log, SessionId session);

    [LoggerMessage(3, LogLevel.Information, "Session {Session} ended by its holder")]
    public static partial void Ended(this ILogger log, SessionId session);

    [LoggerMessage(4, LogLevel.Warning, "Session {Session} revoked: a token was used again after it had been rotated away, so somebody kept a copy")]
    public static partial void Replayed(this ILogger log, SessionId session);

    [LoggerMessage(5, LogLevel.Information, "Session {Session} bound to a user; it goes on as {Successor}")]
    public static partial void Bound(this ILogger log, SessionId session, SessionId successor);

    [LoggerMessage(6, LogLevel.Information, "Session {Session} revoked by the operator")]
    public static partial void Revoked(this ILogger log, SessionId session);

    [LoggerMessage(7, LogLevel.Information, "Session {Session} revoked by {Sibling} of the same user")]
    public static partial void RevokedBySibling(this ILogger log, SessionId session, SessionId sibling);

    [LoggerMessage(8, LogLevel.Information, "Session {Session} revoked to make room for {Successor} of the same user")]
    public static partial void Evicted(this ILogger log, SessionId session, SessionId successor);

    [LoggerMessage(9, LogLevel.Warning, "Every session created up to {Mark:O} ended by the operator")]
    public static partial void EndedEverything(this ILogger log, DateTimeOffset mark);

    [LoggerMessage(10, LogLevel.Information, "Sweep: {Swept} swept, {Renewed} renewed meanwhile, {Unknown} unknown rows left alone, {Shards} shards in {Milliseconds} ms (complete: {Complete})")]
    public static partial void Swept(this ILogger log, int swept, int renewed, int unknown, int shards, long milliseconds, bool complete);

    [LoggerMessage(11, LogLevel.Error, "Sweep: shard {Shard} failed; going on with the next one")]
    public static partial void SweepFailed(this ILogger log, Exception exception, Shard shard);

    [LoggerMessage(12, LogLevel.Error, "Session {Session} can't be read and counts as ended")]
    public static partial void Unreadable(this ILogger log, Exception exception, SessionId session);
}

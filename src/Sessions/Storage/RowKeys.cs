using System.Globalization;

namespace Sessions.Storage;

/// <summary>
/// The keys of the rows that belong to a session, all in its shard's partition:
/// <c>s:{sid}</c> the session, <c>x:{expiry}:{sid}</c> its place in the order of expiry. Times are UTC to the millisecond, so that keys sort as times do.
/// </summary>
internal static class RowKeys
{
    private const string TimeFormat = "yyyyMMddHHmmssfff";
    private const string ExpiryPrefix = "x:";
    private const int TimeLength = 17;

    public static string Session(SessionId id) => $"s:{id}";

    public static string Expiry(DateTimeOffset expires, string subject) => $"{ExpiryPrefix}{Time(expires)}:{subject}";

    /// <summary>The range of all index rows that are due: those with a time up to and including now.</summary>
    public static (string From, string To) Due(DateTimeOffset now) => (ExpiryPrefix, $"{ExpiryPrefix}{Time(now)};"); // ';' follows ':'

    /// <summary>What an index row stands for: the part of its key after the time; null where the key isn't one of ours.</summary>
    public static string? SubjectOf(string expiryKey) =>
        expiryKey.Length > ExpiryPrefix.Length + TimeLength + 1
        && expiryKey[ExpiryPrefix.Length + TimeLength] == ':'
        && !expiryKey.AsSpan(ExpiryPrefix.Length, TimeLength).ContainsAnyExceptInRange('0', '9')
            ? expiryKey[(ExpiryPrefix.Length + TimeLength + 1)..]
            : null;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}

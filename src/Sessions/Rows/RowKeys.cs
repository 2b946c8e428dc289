using System.Globalization;

namespace Sessions.Rows;

/// <summary>
/// The keys of the rows in a shard's partition. Times are UTC to the millisecond, so that keys sort as times do.
/// <list type="bullet">
/// <item><c>s:{sid}</c> a session</item>
/// <item><c>x:{expiry}:{subject}</c> what ends when: a session by its id, another row by its whole key</item>
/// <item><c>u:{user}:{sid}</c> a user's session, in the list</item>
/// <item><c>l:{user}</c> keeps a user's limit</item>
/// <item><c>m:table</c> the table's own row, in a partition of its own, <c>table</c></item>
/// </list>
/// </summary>
internal static class RowKeys
{
    public const string TablePartition = "table";
    public const string Table = "m:table";

    private const string TimeFormat = "yyyyMMddHHmmssfff";
    private const string ExpiryPrefix = "x:";
    private const int TimeLength = 17;
    private const string LimitPrefix = "l:";
    private const char AfterColon = ';';

    public static string Session(SessionId id) => $"s:{id}";

    public static string Expiry(DateTimeOffset expires, string subject) => $"{ExpiryPrefix}{Time(expires)}:{subject}";

    public static string Listed(UserKey user, SessionId id) => Listed(user.ToString(), id);

    public static string Listed(string user, SessionId id) => $"u:{user}:{id}";

    public static string Limit(UserKey user) => $"{LimitPrefix}{user}";

    /// <summary>The range of all index rows that are due: those with a time up to and including now.</summary>
    public static (string From, string To) Due(DateTimeOffset now) => (ExpiryPrefix, $"{ExpiryPrefix}{Time(now)}{AfterColon}");

    /// <summary>The range of a user's sessions.</summary>
    public static (string From, string To) ListOf(UserKey user) => ($"u:{user}:", $"u:{user}{AfterColon}");

    /// <summary>The session that a row of a user's list stands for.</summary>
    public static bool TryParseListed(string key, out SessionId id) => SessionId.TryParse(key.AsSpan(key.LastIndexOf(':') + 1), out id);

    /// <summary>What an index row stands for: the part of its key after the time; null where the key isn't one of ours.</summary>
    public static string? SubjectOf(string expiryKey) =>
        expiryKey.Length > ExpiryPrefix.Length + TimeLength + 1
        && expiryKey[ExpiryPrefix.Length + TimeLength] == ':'
        && !expiryKey.AsSpan(ExpiryPrefix.Length, TimeLength).ContainsAnyExceptInRange('0', '9')
            ? expiryKey[(ExpiryPrefix.Length + TimeLength + 1)..]
            : null;

    /// <summary>Whether the subject of an index row is a row of its own, with nothing else to go with it.</summary>
    public static bool IsRow(string subject) => subject.StartsWith(LimitPrefix, StringComparison.Ordinal);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Sessions.Rows;

/// <summary>
/// The keys of the rows in a shard's partition. Times are UTC to the millisecond, so that keys sort as times do.
/// <list type="bullet">
/// <item><c>s:{sid}</c> a session</item>
/// <item><c>x:{expiry}:{subject}</c> what ends when: a session by its id, another row by its whole key</item>
/// <item><c>p:{user}:{sid}</c> a user's session</item>
/// <item><c>q:{user}</c> guards a user's limit</item>
/// <item><c>i:{key}</c> a create call that may be repeated</item>
/// <item><c>m:not-before</c> the mark that ends every older session; in the first shard only</item>
/// </list>
/// </summary>
internal static class RowKeys
{
    public const string NotBefore = "m:not-before";

    private const string TimeFormat = "yyyyMMddHHmmssfff";
    private const string ExpiryPrefix = "x:";
    private const int TimeLength = 17;
    private const char AfterColon = ';';

    public static string Session(SessionId id) => $"s:{id}";

    public static string Expiry(DateTimeOffset expires, string subject) => $"{ExpiryPrefix}{Time(expires)}:{subject}";

    public static string ListedSession(UserKey user, SessionId id) => ListedSession(user.ToString(), id);

    public static string ListedSession(string user, SessionId id) => $"p:{user}:{id}";

    public static string Guard(UserKey user) => $"q:{user}";

    public static string Idempotency(string keyHash) => $"i:{keyHash}";

    /// <summary>The range of all index rows that are due: those with a time up to and including now.</summary>
    public static (string From, string To) Due(DateTimeOffset now) => (ExpiryPrefix, $"{ExpiryPrefix}{Time(now)}{AfterColon}");

    /// <summary>The range of a user's sessions.</summary>
    public static (string From, string To) EntriesOf(UserKey user) => ($"p:{user}:", $"p:{user}{AfterColon}");

    /// <summary>The session that a user's entry stands for.</summary>
    public static bool TryParseEntry(string key, out SessionId id) => SessionId.TryParse(key.AsSpan(key.LastIndexOf(':') + 1), out id);

    /// <summary>What an index row stands for: the part of its key after the time; null where the key isn't one of ours.</summary>
    public static string? SubjectOf(string expiryKey) =>
        expiryKey.Length > ExpiryPrefix.Length + TimeLength + 1
        && expiryKey[ExpiryPrefix.Length + TimeLength] == ':'
        && !expiryKey.AsSpan(ExpiryPrefix.Length, TimeLength).ContainsAnyExceptInRange('0', '9')
            ? expiryKey[(ExpiryPrefix.Length + TimeLength + 1)..]
            : null;

    /// <summary>Whether the subject of an index row is a row of its own, with nothing else to go with it.</summary>
    public static bool IsRow(string subject) => subject.StartsWith("q:", StringComparison.Ordinal) || subject.StartsWith("i:", StringComparison.Ordinal);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}

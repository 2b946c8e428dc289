using Sessions.Table;

namespace Sessions.Rows;

/// <summary>
/// The rows by which a session is found without its id: in the order of expiry, and among its user's. They change in the batch that
/// changes the session, and in no other.
/// </summary>
internal static class SessionIndexes
{
    /// <summary>Rows that a user's session has: itself, its place in the order of expiry, and in the list.</summary>
    public const int RowsOfSession = 3;

    private const string User = "user";

    /// <summary>What the cleanup needs of an index row to know every row of the session.</summary>
    public static readonly IReadOnlyList<string> ExpiryColumns = [User];

    public static void Add(RowBatch batch, Session session, bool reserved)
    {
        batch.Insert(ExpiryKey(session.Id, session.Lifetime.Expires), ExpiryColumnsOf(session.UserKey?.ToString()));
        if (session.UserKey is { } user)
        {
            batch.Insert(RowKeys.Listed(user.ToString(), session.Id), ListedSessionRow.Encode(session, reserved));
        }
    }

    public static void Move(RowBatch batch, StoredSession before, Session after, bool reserved)
    {
        var was = before.Session.Lifetime;
        MoveExpiry(batch, after.Id, was.Expires, after.Lifetime.Expires, after.UserKey?.ToString());
        if (after.UserKey is { } user && (was != after.Lifetime || before.IsReserved != reserved))
        {
            batch.Merge(RowKeys.Listed(user.ToString(), after.Id), ListedSessionRow.Encode(after, reserved), etag: null);
        }
    }

    /// <summary>The session has gone on as another: it is nobody's any more, and what is left of it ends soon.</summary>
    public static void Leave(RowBatch batch, StoredSession before, DateTimeOffset ends)
    {
        MoveExpiry(batch, before.Id, before.Session.Lifetime.Expires, ends, user: null);
        if (before.UserKey is { } user)
        {
            batch.Delete(RowKeys.Listed(user, before.Id));
        }
    }

    /// <summary>The index rows of a session.</summary>
    public static IEnumerable<string> KeysOf(StoredSession stored)
    {
        var companions = CompanionsOf(stored.Id, stored.UserKey);
        return stored.Expires is { } expires ? companions.Prepend(ExpiryKey(stored.Id, expires)) : companions;
    }

    public static string ExpiryKey(SessionId id, DateTimeOffset expires) => RowKeys.Expiry(expires, id.ToString());

    /// <summary>The rows that go with a session beside itself and its place in the order of expiry.</summary>
    public static IEnumerable<string> CompanionsOf(SessionId id, string? user) =>
        string.IsNullOrEmpty(user) ? [] : [RowKeys.Listed(user, id)];

    public static string? UserOf(Row expiryRow) => expiryRow.Text(User);

    private static void MoveExpiry(RowBatch batch, SessionId id, DateTimeOffset from, DateTimeOffset to, string? user)
    {
        if (from != to)
        {
            batch.Delete(ExpiryKey(id, from)).Insert(ExpiryKey(id, to), ExpiryColumnsOf(user));
        }
    }

    private static Dictionary<string, object> ExpiryColumnsOf(string? user) => new(StringComparer.Ordinal) { [User] = user ?? "" };
}

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

    public static void Add(RowBatch batch, Session session)
    {
        batch.Insert(ExpiryKeyOf(session), ExpiryColumnsOf(session));
        if (session.UserKey is { } user)
        {
            batch.Insert(RowKeys.Listed(user, session.Id), ListedSessionRow.Encode(session));
        }
    }

    public static void Move(RowBatch batch, Session before, Session after)
    {
        if (before.Lifetime.Expires != after.Lifetime.Expires)
        {
            batch.Delete(ExpiryKeyOf(before)).Insert(ExpiryKeyOf(after), ExpiryColumnsOf(after));
        }

        if (before.Lifetime != after.Lifetime && after.UserKey is { } user)
        {
            batch.Merge(RowKeys.Listed(user, after.Id), ListedSessionRow.Encode(after), etag: null);
        }
    }

    public static void Remove(RowBatch batch, Session session)
    {
        foreach (var key in KeysOf(session.Id, session.Lifetime.Expires, session.UserKey?.ToString()))
        {
            batch.Delete(key);
        }
    }

    /// <summary>The index rows of a session, that of its expiry first.</summary>
    public static IEnumerable<string> KeysOf(SessionId id, DateTimeOffset expires, string? user) =>
        CompanionsOf(id, user).Prepend(RowKeys.Expiry(expires, id.ToString()));

    /// <summary>The rows that go with a session beside itself and its place in the order of expiry.</summary>
    public static IEnumerable<string> CompanionsOf(SessionId id, string? user) =>
        string.IsNullOrEmpty(user) ? [] : [RowKeys.Listed(user, id)];

    public static string? UserOf(Row expiryRow) => expiryRow.Text(User);

    private static string ExpiryKeyOf(Session session) => RowKeys.Expiry(session.Lifetime.Expires, session.Id.ToString());

    private static Dictionary<string, object> ExpiryColumnsOf(Session session) => new(StringComparer.Ordinal)
    {
        [User] = session.UserKey?.ToString() ?? "",
        ["created"] = session.Lifetime.Created,
    };
}

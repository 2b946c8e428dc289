namespace Sessions.Storage;

/// <summary>The row that puts a session into the order of expiry, so that the sweep reads what is due and nothing else.</summary>
internal static class ExpiryIndex
{
    private const string Created = "created";

    public static readonly IReadOnlyList<string> Columns = [Created];

    public static void Add(RowBatch batch, Session session) => batch.Insert(KeyOf(session), ColumnsOf(session));

    public static void Move(RowBatch batch, Session before, Session after)
    {
        if (before.Lifetime.Expires != after.Lifetime.Expires)
        {
            Remove(batch, before);
            Add(batch, after);
        }
    }

    public static void Remove(RowBatch batch, Session session) => batch.Delete(KeyOf(session));

    private static string KeyOf(Session session) => RowKeys.Expiry(session.Lifetime.Expires, session.Id.ToString());

    private static Dictionary<string, object> ColumnsOf(Session session) =>
        new(StringComparer.Ordinal) { [Created] = session.Lifetime.Created };
}

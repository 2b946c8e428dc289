using Sessions.Table;

namespace Sessions.Rows;

/// <summary>A user's session in the list, as a row, and back.</summary>
internal static class ListedSessionRow
{
    public static readonly IReadOnlyList<string> Columns = ["created", "born", "seen", "expires", "persistent", "agent"];

    public static Dictionary<string, object> Encode(Session session)
    {
        var columns = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["created"] = session.Lifetime.Created,
            ["born"] = session.Lifetime.Born,
            ["seen"] = session.Lifetime.Seen,
            ["expires"] = session.Lifetime.Expires,
            ["persistent"] = session.Persistent,
        };
        if (session.Agent is not null)
        {
            columns["agent"] = session.Agent;
        }

        return columns;
    }

    /// <summary>Null where the row isn't one of ours.</summary>
    public static ListedSession? Decode(Row row) =>
        RowKeys.TryParseListed(row.Key, out var id)
        && row.Time("created") is { } created
        && row.Time("born") is { } born
        && row.Time("seen") is { } seen
        && row.Time("expires") is { } expires
            ? new ListedSession
            {
                Id = id,
                Created = created,
                Born = born,
                Seen = seen,
                Expires = expires,
                Persistent = row.Flag("persistent"),
                Agent = row.Text("agent"),
            }
            : null;
}

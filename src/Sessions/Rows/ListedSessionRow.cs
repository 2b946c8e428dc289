using Sessions.Table;

namespace Sessions.Rows;

/// <summary>A user's session in the list, as a row, and back.</summary>
internal static class ListedSessionRow
{
    private const string Reserved = "reserved";
    private const string Ended = "ended";

    public static readonly IReadOnlyList<string> Columns =
        ["created", "born", "seen", "expires", "persistent", "agent", Reserved, Ended];

    public static Dictionary<string, object> Encode(Session session, bool reserved)
    {
        var columns = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["created"] = session.Lifetime.Created,
            ["born"] = session.Lifetime.Born,
            ["seen"] = session.Lifetime.Seen,
            ["expires"] = session.Lifetime.Expires,
            ["persistent"] = session.Persistent,
            [Reserved] = reserved,
        };
        if (session.Agent is not null)
        {
            columns["agent"] = session.Agent;
        }

        return columns;
    }

    /// <summary>The column that takes a session out of the list, merged into whatever its row has become.</summary>
    public static Dictionary<string, object> EncodeEnd() => new(StringComparer.Ordinal) { [Ended] = true };

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
                IsReserved = row.Flag(Reserved),
                IsEnded = row.Flag(Ended),
            }
            : null;
}

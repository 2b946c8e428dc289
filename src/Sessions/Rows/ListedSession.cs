using Sessions.Table;

namespace Sessions.Rows;

/// <summary>A session as its user's list has it: enough to show it to a person, to end it, and to count it, without reading the session.</summary>
public sealed record ListedSession
{
    public static readonly IReadOnlyList<string> Columns = ["created", "born", "seen", "expires", "persistent", "agent"];

    public required SessionId Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Born { get; init; }

    public required DateTimeOffset Seen { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public bool Persistent { get; init; }

    public string? Agent { get; init; }

    internal static Dictionary<string, object> ColumnsOf(Session session)
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
    internal static ListedSession? From(Row row) =>
        RowKeys.TryParseEntry(row.Key, out var id)
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

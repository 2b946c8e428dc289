using System.Text;
using Sessions.Table;

namespace Sessions.Rows;

/// <summary>A session as a row, and back.</summary>
internal sealed class SessionRow(PayloadCodec codec, SizeOptions sizes)
{
    /// <summary>Room for all that isn't payload: the write log and the secrets, mostly.</summary>
    private const int StateBytes = 8 * 1024;

    /// <summary>What a ticket's payload has beside claims: the user, in JSON's longest spelling, and the rest.</summary>
    private const int TicketBytes = 4 * 1024;
    private const string Seen = "seen";
    private const string Expires = "expires";
    private const string Writes = "writes";
    private const string User = "userkey";
    private const string Reserved = "reserved";
    private const string Ended = "ended";
    private const string Successor = "successor";
    private const string Right = "right";

    private static readonly PayloadColumn Data = new("data");
    private static readonly PayloadColumn Claims = new("claims");
    private static readonly PayloadColumn UserName = new("user");
    private static readonly PayloadColumn TicketSignInAs = new("ticketfor");

    /// <summary>All columns, or null where the session is larger than a row may be.</summary>
    public IReadOnlyDictionary<string, object>? Encode(Session session, WriteLog writes, bool reserved = false)
    {
        var columns = new RowColumns();
        AddState(columns, session, writes);
        columns.Add(Reserved, reserved ? true : null);
        AddPayload(columns, session, Data, session.Data.Utf8);
        AddPayload(columns, session, Claims, session.Claims.Utf8);
        if (session.User is { } user)
        {
            AddPayload(columns, session, UserName, Encoding.UTF8.GetBytes(user.Name));
        }

        if (session.Ticket is { } ticket)
        {
            columns.Add("ticket", ticket.Hash.ToStored());
            columns.Add("ticketends", ticket.Expires);
            AddPayload(columns, session, TicketSignInAs, SignInAsJson.Write(ticket.SignInAs));
        }

        return columns.PayloadBytes > SizeOptions.MostStoredBytes - StateBytes ? null : columns.Values;
    }

    /// <summary>The columns that a slide changes.</summary>
    public static IReadOnlyDictionary<string, object> EncodeSlide(Session session, WriteLog writes) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        [Seen] = session.Lifetime.Seen,
        [Expires] = session.Lifetime.Expires,
        [Writes] = writes.ToStored(),
    };

    /// <summary>All columns of what is left of a session once it has gone on as another: nothing of anybody's.</summary>
    public static IReadOnlyDictionary<string, object> EncodeHandover(Session left, Handover handover, WriteLog writes)
    {
        var columns = new RowColumns();
        AddSecrets(columns, left.Secrets);
        AddLifetime(columns, left.Lifetime with { Expires = handover.Ends });
        columns.Add(Successor, handover.Successor.ToString());
        columns.Add(Right, handover.Right.ToStored());
        columns.Add(Writes, writes.ToStored());
        return columns.Values;
    }

    /// <summary>The column that ends a session for good, merged into whatever its row has become.</summary>
    public static IReadOnlyDictionary<string, object> EncodeEnd(SessionEnd end) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        [Ended] = end.ToString(),
    };

    public static WriteLog WritesOf(Row row) => WriteLog.FromStored(row.Bytes(Writes));

    public static DateTimeOffset? ExpiresOf(Row row) => row.Time(Expires);

    public static string? UserKeyOf(Row row) => row.Text(User);

    public static bool IsEnded(Row row) => row.Text(Ended) is not null;

    public static bool IsReserved(Row row) => row.Flag(Reserved);

    public static Handover? HandoverOf(Row row) =>
        SessionId.TryParse(row.Text(Successor), out var successor) && SecretHash.FromStored(row.Bytes(Right)) is { } right && ExpiresOf(row) is { } ends
            ? new Handover(successor, right, ends)
            : null;

    public static Lifetime? LifetimeOf(Row row) =>
        row.Time("created") is { } created
        && row.Time("born") is { } born
        && row.Time(Seen) is { } seen
        && row.Time(Expires) is { } expires
        && row.Time("ends") is { } ends
        && row.Number("idle") is { } idle
        && row.Number("step") is { } step
            ? new Lifetime
            {
                Created = created,
                Born = born,
                Seen = seen,
                Expires = expires,
                Ends = ends,
                IdleTimeout = TimeSpan.FromMilliseconds(idle),
                Granularity = TimeSpan.FromMilliseconds(step),
            }
            : null;

    public static Secrets? SecretsOf(Row row) =>
        SecretHash.FromStored(row.Bytes("secret")) is { } current && row.Time("secretsince") is { } since
            ? new Secrets(current, since)
            {
                Pending = TimedHashes.FromStored(row.Bytes("pending")),
                Previous = TimedHashes.FromStored(row.Bytes("previous")),
            }
            : null;

    public Session Decode(StoredSession stored, Row row) => new()
    {
        Id = stored.Id,
        Version = Required(row.Number("version")),
        Persistent = row.Flag("persistent"),
        Lifetime = stored.Lifetime ?? throw Damaged(),
        Secrets = stored.Secrets ?? throw Damaged(),
        Data = SessionData.FromStored(Payload(row, stored.Id, Data, sizes.MaxDataBytes) ?? throw Damaged()),
        Claims = SessionData.FromStored(Payload(row, stored.Id, Claims, sizes.MaxClaimsBytes) ?? throw Damaged()),
        User = Payload(row, stored.Id, UserName, Sessions.User.MaxBytes) is { } name ? UserOf(name) : null,
        UserKey = Sessions.UserKey.FromStored(stored.UserKey),
        Agent = row.Text("agent"),
        Ticket = Payload(row, stored.Id, TicketSignInAs, sizes.MaxClaimsBytes + TicketBytes) is { } signInAs ? TicketOf(row, signInAs) : null,
        UsedIdTokens = TimedHashes.FromStored(row.Bytes("idtokens")),
    };

    private static void AddState(RowColumns columns, Session session, WriteLog writes)
    {
        columns.Add("version", session.Version);
        columns.Add("persistent", session.Persistent);
        AddLifetime(columns, session.Lifetime);
        AddSecrets(columns, session.Secrets);
        columns.Add("agent", session.Agent);
        columns.Add(User, session.UserKey?.ToString());
        columns.Add("idtokens", TimedHashes.ToStored(session.UsedIdTokens));
        columns.Add(Writes, writes.ToStored());
    }

    private static void AddLifetime(RowColumns columns, Lifetime lifetime)
    {
        columns.Add("created", lifetime.Created);
        columns.Add("born", lifetime.Born);
        columns.Add(Seen, lifetime.Seen);
        columns.Add(Expires, lifetime.Expires);
        columns.Add("ends", lifetime.Ends);
        columns.Add("idle", (long)lifetime.IdleTimeout.TotalMilliseconds);
        columns.Add("step", (long)lifetime.Granularity.TotalMilliseconds);
    }

    private static void AddSecrets(RowColumns columns, Secrets secrets)
    {
        columns.Add("secret", secrets.Current.ToStored());
        columns.Add("secretsince", secrets.Since);
        columns.Add("pending", TimedHashes.ToStored(secrets.Pending));
        columns.Add("previous", TimedHashes.ToStored(secrets.Previous));
    }

    private void AddPayload(RowColumns columns, Session session, PayloadColumn column, ReadOnlySpan<byte> payload) =>
        columns.AddPayload(column, codec.Encode(payload, session.Id, column.Name));

    private ReadOnlyMemory<byte>? Payload(Row row, SessionId id, PayloadColumn column, int maxBytes) =>
        RowColumns.Payload(row, column) is { } stored ? codec.Decode(stored, id, column.Name, maxBytes) : default(ReadOnlyMemory<byte>?);

    private static User UserOf(ReadOnlyMemory<byte> utf8) =>
        Sessions.User.TryParse(Encoding.UTF8.GetString(utf8.Span), out var user) ? user : throw Damaged();

    private static Ticket TicketOf(Row row, ReadOnlyMemory<byte> signInAs) => new(
        SecretHash.FromStored(row.Bytes("ticket")) ?? throw Damaged(),
        Required(row.Time("ticketends")),
        SignInAsJson.Read(signInAs) ?? throw Damaged());

    private static T Required<T>(T? value)
        where T : struct => value ?? throw Damaged();

    private static UnreadablePayloadException Damaged() => new("a column is missing");
}

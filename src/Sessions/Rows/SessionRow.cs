using System.Text;
using Sessions.Table;

namespace Sessions.Rows;

/// <summary>A session as a row, and back.</summary>
internal sealed class SessionRow(PayloadCodec codec, SizeOptions sizes)
{
    private const int StateBytes = 4 * 1024;

    /// <summary>What a ticket's payload has beside claims: the user, in JSON's longest spelling, and the rest.</summary>
    private const int TicketBytes = 4 * 1024;
    private const string Data = "data";
    private const string Claims = "claims";
    private const string UserName = "user";
    private const string UserKey = "userkey";
    private const string TicketSignInAs = "ticketfor";
    private const string Seen = "seen";
    private const string Expires = "expires";
    private const string Writes = "writes";

    /// <summary>All columns, or null where the session is larger than a row may be.</summary>
    public IReadOnlyDictionary<string, object>? Encode(Session session, WriteLog writes)
    {
        var columns = new RowColumns();
        AddState(columns, session, writes);
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

    public static WriteLog WritesOf(Row row) => WriteLog.FromStored(row.Text(Writes));

    public Session Decode(Row row, SessionId id) => new()
    {
        Id = id,
        Version = Required(row.Number("version")),
        Persistent = row.Flag("persistent"),
        Lifetime = new Lifetime
        {
            Created = Required(row.Time("created")),
            Born = Required(row.Time("born")),
            Seen = Required(row.Time(Seen)),
            Expires = Required(row.Time(Expires)),
            Ends = Required(row.Time("ends")),
            IdleTimeout = TimeSpan.FromMilliseconds(Required(row.Number("idle"))),
            Granularity = TimeSpan.FromMilliseconds(Required(row.Number("step"))),
        },
        Secrets = new Secrets(SecretHash.FromStored(row.Bytes("secret")) ?? throw Damaged(), Required(row.Time("secretsince")))
        {
            Pending = SecretHash.FromStored(row.Bytes("pending")),
            PendingSince = row.Time("pendingsince"),
            Previous = SecretHash.FromStored(row.Bytes("previous")),
            GraceEnds = row.Time("grace"),
        },
        Data = SessionData.FromStored(Payload(row, id, Data, sizes.MaxDataBytes) ?? throw Damaged()),
        Claims = SessionData.FromStored(Payload(row, id, Claims, sizes.MaxClaimsBytes) ?? throw Damaged()),
        User = Payload(row, id, UserName, Sessions.User.MaxBytes) is { } name ? UserOf(name) : null,
        UserKey = row.Text(UserKey) is { } key ? Sessions.UserKey.FromStored(key) ?? throw Damaged() : null,
        Agent = row.Text("agent"),
        Ticket = Payload(row, id, TicketSignInAs, sizes.MaxClaimsBytes + TicketBytes) is { } signInAs ? TicketOf(row, signInAs) : null,
        MovingTo = SessionId.TryParse(row.Text("moving"), out var target) ? target : null,
    };

    private static void AddState(RowColumns columns, Session session, WriteLog writes)
    {
        var (secrets, lifetime) = (session.Secrets, session.Lifetime);
        columns.Add("version", session.Version);
        columns.Add("persistent", session.Persistent);
        columns.Add("created", lifetime.Created);
        columns.Add("born", lifetime.Born);
        columns.Add(Seen, lifetime.Seen);
        columns.Add(Expires, lifetime.Expires);
        columns.Add("ends", lifetime.Ends);
        columns.Add("idle", (long)lifetime.IdleTimeout.TotalMilliseconds);
        columns.Add("step", (long)lifetime.Granularity.TotalMilliseconds);
        columns.Add("secret", secrets.Current.ToStored());
        columns.Add("secretsince", secrets.Since);
        columns.Add("pending", secrets.Pending?.ToStored());
        columns.Add("pendingsince", secrets.PendingSince);
        columns.Add("previous", secrets.Previous?.ToStored());
        columns.Add("grace", secrets.GraceEnds);
        columns.Add(UserKey, session.UserKey?.ToString());
        columns.Add("agent", session.Agent);
        columns.Add("moving", session.MovingTo?.ToString());
        columns.Add(Writes, writes.ToStored());
    }

    private void AddPayload(RowColumns columns, Session session, string name, ReadOnlySpan<byte> payload) =>
        columns.AddPayload(name, codec.Encode(payload, session.Id, name));

    private byte[]? Payload(Row row, SessionId id, string name, int maxBytes) =>
        RowColumns.Payload(row, name) is { } stored ? codec.Decode(stored, id, name, maxBytes) : null;

    private static User UserOf(byte[] utf8) =>
        Sessions.User.TryParse(Encoding.UTF8.GetString(utf8), out var user) ? user : throw Damaged();

    private static Ticket TicketOf(Row row, byte[] signInAs) => new(
        SecretHash.FromStored(row.Bytes("ticket")) ?? throw Damaged(),
        Required(row.Time("ticketends")),
        SignInAsJson.Read(signInAs) ?? throw Damaged());

    private static T Required<T>(T? value)
        where T : struct => value ?? throw Damaged();

    private static UnreadablePayloadException Damaged() => new("a column is missing");
}

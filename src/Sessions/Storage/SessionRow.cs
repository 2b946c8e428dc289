namespace Sessions.Storage;

/// <summary>A session as a row, and back.</summary>
public sealed class SessionRow(PayloadCodec codec)
{
    /// <summary>The most an encoded row may have: the service's 1 MiB, less room for its own columns and for base64's share of a batch.</summary>
    public const int MaxBytes = 900 * 1024;

    private const int StateBytes = 4 * 1024;
    private const string Data = "data";
    private const string Claims = "claims";
    private const string Seen = "seen";
    private const string Expires = "expires";
    private const string Writes = "writes";

    /// <summary>All columns, or null where the session is larger than a row may be.</summary>
    public IReadOnlyDictionary<string, object>? Encode(Session session, WriteLog writes)
    {
        var data = codec.Encode(session.Data.Utf8, session.Id, Data);
        var claims = codec.Encode(session.Claims.Utf8, session.Id, Claims);
        if (data.Length + claims.Length > MaxBytes - StateBytes)
        {
            return null;
        }

        var (secrets, lifetime) = (session.Secrets, session.Lifetime);
        var columns = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["version"] = session.Version,
            ["persistent"] = session.Persistent,
            ["created"] = lifetime.Created,
            [Seen] = lifetime.Seen,
            [Expires] = lifetime.Expires,
            ["ends"] = lifetime.Ends,
            ["idle"] = (long)lifetime.IdleTimeout.TotalMilliseconds,
            ["step"] = (long)lifetime.Granularity.TotalMilliseconds,
            ["secret"] = secrets.Current.ToStored(),
            [Writes] = writes.ToStored(),
        };
        AddIfAny(columns, "pending", secrets.Pending?.ToStored());
        AddIfAny(columns, "previous", secrets.Previous?.ToStored());
        AddIfAny(columns, "grace", secrets.GraceEnds);
        AddChunks(columns, Data, data);
        AddChunks(columns, Claims, claims);
        return columns;
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
            Seen = Required(row.Time(Seen)),
            Expires = Required(row.Time(Expires)),
            Ends = Required(row.Time("ends")),
            IdleTimeout = TimeSpan.FromMilliseconds(Required(row.Number("idle"))),
            Granularity = TimeSpan.FromMilliseconds(Required(row.Number("step"))),
        },
        Secrets = new Secrets(SecretHash.FromStored(row.Bytes("secret")) ?? throw Damaged())
        {
            Pending = SecretHash.FromStored(row.Bytes("pending")),
            Previous = SecretHash.FromStored(row.Bytes("previous")),
            GraceEnds = row.Time("grace"),
        },
        Data = DecodePayload(row, id, Data),
        Claims = DecodePayload(row, id, Claims),
    };

    private SessionData DecodePayload(Row row, SessionId id, string name) => SessionData.FromStored(codec.Decode(Chunks(row, name), id, name));

    private static void AddIfAny(Dictionary<string, object> columns, string name, object? value)
    {
        if (value is not null)
        {
            columns[name] = value;
        }
    }

    /// <summary>A column holds 64 KiB, so a payload takes as many as it needs: data0, data1, …</summary>
    private static void AddChunks(Dictionary<string, object> columns, string name, byte[] payload)
    {
        for (var i = 0; i * TableLimits.ColumnBytes < payload.Length; i++)
        {
            var from = i * TableLimits.ColumnBytes;
            columns[$"{name}{i}"] = payload[from..Math.Min(payload.Length, from + TableLimits.ColumnBytes)];
        }
    }

    private static byte[] Chunks(Row row, string name)
    {
        var first = row.Bytes($"{name}0") ?? throw Damaged();
        if (first.Length < TableLimits.ColumnBytes)
        {
            return first;
        }

        var payload = new List<byte>(first);
        for (var i = 1; row.Bytes($"{name}{i}") is { } chunk; i++)
        {
            payload.AddRange(chunk);
        }

        return [.. payload];
    }

    private static T Required<T>(T? value)
        where T : struct => value ?? throw Damaged();

    private static UnreadablePayloadException Damaged() => new("a column is missing");
}

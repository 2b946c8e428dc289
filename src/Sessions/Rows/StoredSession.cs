using Sessions.Table;

namespace Sessions.Rows;

/// <summary>
/// A session's row as it was read. What it holds is decoded when somebody asks for it: a caller with a wrong secret makes no work, and a
/// session whose payload can't be opened can still be ended.
/// </summary>
internal sealed class StoredSession(SessionId id, Row row, SessionRow rows)
{
    private Session? _session;
    private Secrets? _secrets;
    private Lifetime? _lifetime;
    private WriteLog? _writes;

    public SessionId Id => id;

    public string ETag => row.ETag;

    /// <summary>Null where a hand has changed the row.</summary>
    public Secrets? Secrets => _secrets ??= SessionRow.SecretsOf(row);

    /// <summary>Null where a hand has changed the row.</summary>
    public Lifetime? Lifetime => _lifetime ??= SessionRow.LifetimeOf(row);

    public WriteLog Writes => _writes ??= SessionRow.WritesOf(row);

    /// <summary>Where it is in the order of expiry.</summary>
    public DateTimeOffset? Expires => SessionRow.ExpiresOf(row);

    public string? UserKey => SessionRow.UserKeyOf(row);

    /// <summary>Over for good, whatever else the row says; it just hasn't been deleted yet.</summary>
    public bool IsEnded => SessionRow.IsEnded(row);

    /// <summary>Made by a sign-in that hasn't got to its end: it opens to nobody yet.</summary>
    public bool IsReserved => SessionRow.IsReserved(row);

    /// <summary>Where the session went when it was signed in; null where it wasn't.</summary>
    public Handover? Handover => SessionRow.HandoverOf(row);

    /// <summary>Lives under its own id, and opens to the right secret.</summary>
    public bool IsOpen => !IsEnded && !IsReserved && Handover is null;

    public SecretMatch Match(SessionToken shown, DateTimeOffset now) => Secrets?.Match(shown.Hash, now) ?? SecretMatch.None;

    /// <exception cref="UnreadablePayloadException">It can't be decoded.</exception>
    public Session Session
    {
        get => _session ??= rows.Decode(this, row);
        init => _session = value;
    }
}

/// <summary>What is left of a session that was signed in, for a minute: whoever makes the same sign-in again gets to the same end.</summary>
/// <param name="Successor">The session that it goes on as.</param>
/// <param name="Right">By which right it was signed in.</param>
/// <param name="Ends">Until when.</param>
internal sealed record Handover(SessionId Successor, SecretHash Right, DateTimeOffset Ends);

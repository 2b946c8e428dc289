namespace Sessions;

/// <summary>All that is known of one session. Immutable: a change is a new value, which is written as a whole or not at all.</summary>
public sealed record Session
{
    public required SessionId Id { get; init; }

    public required Secrets Secrets { get; init; }

    public required Lifetime Lifetime { get; init; }

    public bool Persistent { get; init; }

    /// <summary>Counts changes of <see cref="Data"/> and <see cref="Claims"/>; a slide or a rotation isn't one.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The holder may write it.</summary>
    public SessionData Data { get; init; } = SessionData.Empty;

    /// <summary>Only the operator may write it: who holds the cookie can't make themselves an administrator.</summary>
    public SessionData Claims { get; init; } = SessionData.Empty;

    /// <summary>The user it is signed in as. For the life of a session id this never changes: signing in makes a new session.</summary>
    public User? User { get; init; }

    /// <summary>What the table knows the user by.</summary>
    public UserKey? UserKey { get; init; }

    /// <summary>A short label of the holder's browser or app, for lists that people read.</summary>
    public string? Agent { get; init; }

    /// <summary>The operator's leave to sign in, not used yet.</summary>
    public Ticket? Ticket { get; init; }

    /// <summary>Id tokens that it was signed in with, each until it expires: one works once.</summary>
    public IReadOnlyList<TimedHash> UsedIdTokens { get; init; } = [];

    /// <summary>As used now, if it is time to write that down; else the same.</summary>
    public Session Slide(DateTimeOffset now)
    {
        var slid = Lifetime.Slide(now);
        return ReferenceEquals(slid, Lifetime) ? this : this with { Lifetime = slid };
    }
}

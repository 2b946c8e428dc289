namespace Sessions;

/// <summary>All that is known of one session. Immutable: a change is a new value, and the store makes it so or tells that it couldn't.</summary>
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
}

namespace Sessions.Create;

/// <summary>What a create call may ask for. It may shorten the configured times, never exceed them.</summary>
public sealed record NewSession
{
    public SessionData Data { get; init; } = SessionData.Empty;

    public bool Persistent { get; init; }

    public TimeSpan? IdleTimeout { get; init; }

    public TimeSpan? Lifetime { get; init; }

    /// <summary>Only the operator may set it.</summary>
    public SessionData Claims { get; init; } = SessionData.Empty;

    /// <summary>Only the operator may set it.</summary>
    public User? User { get; init; }

    public string? Agent { get; init; }
}

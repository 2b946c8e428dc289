namespace Sessions;

/// <summary>
/// A session as its user's list has it: enough to show it to a person, to end it, and to count it, without reading the session.
/// </summary>
public sealed record ListedSession
{
    public required SessionId Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Born { get; init; }

    public required DateTimeOffset Seen { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public bool Persistent { get; init; }

    public string? Agent { get; init; }
}

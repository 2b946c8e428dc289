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

    /// <summary>Made by a sign-in that hasn't got to its end: nobody can use it yet, and no list shows it.</summary>
    internal bool IsReserved { get; init; }

    /// <summary>Over for good, and not deleted yet.</summary>
    internal bool IsEnded { get; init; }
}

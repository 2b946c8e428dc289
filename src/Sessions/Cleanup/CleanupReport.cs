namespace Sessions.Cleanup;

/// <summary>What a run did.</summary>
public sealed record CleanupReport
{
    /// <summary>Index rows removed with what they stood for.</summary>
    public int Deleted { get; init; }

    /// <summary>Found due, but renewed or removed by somebody else before they could be deleted.</summary>
    public int Renewed { get; init; }

    /// <summary>Index rows that aren't in a form we know; they are left alone.</summary>
    public int Unknown { get; init; }

    /// <summary>Shards finished.</summary>
    public int Shards { get; init; }

    /// <summary>Whether every shard was finished within the time budget.</summary>
    public bool Complete { get; init; }

    public static CleanupReport operator +(CleanupReport a, CleanupReport b) =>
        a with { Deleted = a.Deleted + b.Deleted, Renewed = a.Renewed + b.Renewed, Unknown = a.Unknown + b.Unknown, Shards = a.Shards + b.Shards };
}

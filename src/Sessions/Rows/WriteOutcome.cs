namespace Sessions.Rows;

/// <summary>What became of a write of a session's rows.</summary>
internal enum WriteOutcome
{
    Written,

    /// <summary>The session has changed since it was read, or something else that the batch relies on has.</summary>
    Changed,

    /// <summary>There is a session of that id already.</summary>
    Taken,

    /// <summary>The session isn't there any more.</summary>
    Gone,

    /// <summary>The session takes more room than a row has.</summary>
    TooLarge,

    /// <summary>It may have happened: so many others have written since that the row doesn't say.</summary>
    Unknown,
}

/// <summary>An outcome, and the session as it is stored now where it was written or has changed.</summary>
internal readonly record struct SessionWrite(WriteOutcome Outcome, StoredSession? Stored)
{
    public static implicit operator SessionWrite(WriteOutcome outcome) => new(outcome, null);

    public static implicit operator SessionWrite(StoredSession stored) => new(WriteOutcome.Written, stored);
}

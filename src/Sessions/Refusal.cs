namespace Sessions;

/// <summary>Why a call was refused. The kind decides the status a client sees; the detail is safe to show.</summary>
public sealed record Refusal(RefusalKind Kind, string Detail)
{
    /// <summary>One answer for a missing, malformed, unknown, expired or ended token: it tells no one which.</summary>
    public static readonly Refusal NotAuthenticated =
        new(RefusalKind.NotAuthenticated, "A valid session token is needed: it is missing, or it isn't valid (any more).");

    public static readonly Refusal Stale =
        new(RefusalKind.Stale, "The session's data has changed since the version named in If-Match. Read it again, then repeat the change.");

    public static readonly Refusal Busy =
        new(RefusalKind.Busy, "Too many writers change this session at the same time. Try again in a moment.");

    /// <summary>Storage gave no answer that tells, and the row remembers too little to see it.</summary>
    public static readonly Refusal OutcomeUnknown = new(
        RefusalKind.Unknown,
        "Whether the change was made isn't known. Read the session, or repeat the call with the same Idempotency-Key.");

    /// <summary>For the operator, who may know which sessions there are.</summary>
    public static readonly Refusal NoSuchSession = new(RefusalKind.Missing, "There is no such session (any more).");

    public static Refusal Malformed(string detail) => new(RefusalKind.Malformed, detail);

    public static Refusal NotAllowed(string detail) => new(RefusalKind.NotAllowed, detail);

    public static Refusal TooLarge(string detail) => new(RefusalKind.TooLarge, detail);

    public static Refusal Missing(string detail) => new(RefusalKind.Missing, detail);

    public static Refusal Conflict(string detail) => new(RefusalKind.Conflict, detail);
}

public enum RefusalKind
{
    /// <summary>The input couldn't be understood at all.</summary>
    Malformed,

    NotAuthenticated,

    /// <summary>What was asked for doesn't exist.</summary>
    Missing,

    /// <summary>The state of things doesn't allow it now.</summary>
    Conflict,

    /// <summary>The caller named a version that is no longer the current one.</summary>
    Stale,

    TooLarge,

    /// <summary>Understood, but against a rule.</summary>
    NotAllowed,

    /// <summary>It may work in a moment.</summary>
    Busy,

    /// <summary>It may have happened.</summary>
    Unknown,
}

namespace Sessions;

/// <summary>
/// The hashes a session knows, and how one becomes another. A rotation's answer may be lost on the way, so the new secret is only
/// pending until it is used; that use promotes it, and the secret before it then works on for a grace period, so that requests
/// already on their way survive. Used after that, it is a replay: somebody kept a copy.
/// </summary>
public sealed record Secrets(SecretHash Current, DateTimeOffset Since)
{
    public SecretHash? Pending { get; init; }

    public DateTimeOffset? PendingSince { get; init; }

    public SecretHash? Previous { get; init; }

    public DateTimeOffset? GraceEnds { get; init; }

    public SecretMatch Match(SecretHash presented, DateTimeOffset now)
    {
        // All three are compared whatever the first says, so the time taken tells nothing.
        var current = Current.Matches(presented);
        var pending = presented.Matches(Pending);
        var previous = presented.Matches(Previous);

        return current ? SecretMatch.Current
            : pending ? SecretMatch.Pending
            : !previous ? SecretMatch.None
            : now < GraceEnds ? SecretMatch.InGrace
            : SecretMatch.Replayed;
    }

    public bool Admit(SecretHash presented, DateTimeOffset now) =>
        Match(presented, now) is SecretMatch.Current or SecretMatch.Pending or SecretMatch.InGrace;

    /// <summary>A rotation was asked for. Asked again before the new secret is used, the next one replaces it.</summary>
    public Secrets Rotate(SecretHash next, DateTimeOffset now) => this with { Pending = next, PendingSince = now };

    /// <summary>
    /// Whether a secret of this age is to be rotated without being asked. Not while a new one is on its way: of requests sent side by
    /// side, each would replace the secret that another has just been given.
    /// </summary>
    public bool IsDue(DateTimeOffset now, TimeSpan rotateAfter, TimeSpan grace) =>
        now - Since >= rotateAfter && !(now - PendingSince < grace);

    /// <summary>The pending secret was used for the first time.</summary>
    public Secrets Promote(DateTimeOffset now, TimeSpan grace) => new(Pending!, now) { Previous = Current, GraceEnds = now + grace };
}

public enum SecretMatch
{
    None,
    Current,
    Pending,
    InGrace,
    Replayed,
}

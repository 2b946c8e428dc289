namespace Sessions;

/// <summary>
/// The hashes a session knows, and how one becomes another. A rotation's answer may be lost on the way, so a new secret is only
/// pending until it is used; that use promotes it, and the secret before it then works on for a grace period, so that requests
/// already on their way survive. Used after that, it is a replay: somebody kept a copy.
/// </summary>
/// <remarks>
/// Several may be pending side by side: of tabs that rotate at once each gets an answer, and nobody knows which one the browser keeps.
/// </remarks>
public sealed record Secrets(SecretHash Current, DateTimeOffset Since)
{
    /// <summary>The most that are pending, and the most that are remembered of those before.</summary>
    private const int Most = 16;

    /// <summary>Handed out and not used yet, each with the time since when; the newest first.</summary>
    public IReadOnlyList<TimedHash> Pending { get; init; } = [];

    /// <summary>Those before the current one, each with the end of its grace; the latest first.</summary>
    public IReadOnlyList<TimedHash> Previous { get; init; } = [];

    public SecretMatch Match(SecretHash presented, DateTimeOffset now)
    {
        // All are compared whatever the first says, so the time taken tells nothing.
        var current = Current.Matches(presented);
        var pending = Find(Pending, presented);
        var previous = Find(Previous, presented);

        return current ? SecretMatch.Current
            : pending is not null ? SecretMatch.Pending
            : previous is null ? SecretMatch.None
            : now < previous.Time ? SecretMatch.InGrace
            : SecretMatch.Replayed;
    }

    public bool Admit(SecretHash presented, DateTimeOffset now) =>
        Match(presented, now) is SecretMatch.Current or SecretMatch.Pending or SecretMatch.InGrace;

    /// <summary>A rotation was asked for. What was handed out before and isn't used yet stays good.</summary>
    public Secrets Rotate(SecretHash next, DateTimeOffset now) => this with { Pending = [new(next, now), .. Pending.Take(Most - 1)] };

    /// <summary>
    /// Whether a secret of this age is to be rotated without being asked. Not while a new one is on its way: of requests sent side by
    /// side, each would otherwise get one.
    /// </summary>
    public bool IsDue(DateTimeOffset now, TimeSpan rotateAfter, TimeSpan grace) =>
        now - Since >= rotateAfter && !Pending.Any(pending => now - pending.Time < grace);

    /// <summary>
    /// A pending secret was used for the first time. Each one before keeps its own grace; past that only the immediate predecessor is
    /// remembered.
    /// </summary>
    public Secrets Promote(SecretHash used, DateTimeOffset now, TimeSpan grace) => new(used, now)
    {
        Pending = [.. Pending.Where(pending => !pending.Hash.Matches(used))],
        Previous = [new(Current, now + grace), .. Previous.Where(previous => now < previous.Time).Take(Most - 1)],
    };

    private static TimedHash? Find(IReadOnlyList<TimedHash> known, SecretHash presented)
    {
        TimedHash? found = null;
        foreach (var one in known)
        {
            found = one.Hash.Matches(presented) ? one : found;
        }

        return found;
    }
}

/// <summary>A hash, and a time that means something for it.</summary>
public sealed record TimedHash(SecretHash Hash, DateTimeOffset Time);

public enum SecretMatch
{
    None,
    Current,
    Pending,
    InGrace,
    Replayed,
}

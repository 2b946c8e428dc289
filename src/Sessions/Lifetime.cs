namespace Sessions;

/// <summary>
/// When a session ends. Used or not, it ends at <see cref="Ends"/>; unused, at <see cref="Expires"/>. A use is written down only once
/// <see cref="Granularity"/> has passed since the last one written, and the stored deadline lies that much further out,
/// so that no session ends sooner than its idle timeout after its last use, and most reads stay reads.
/// </summary>
public sealed record Lifetime
{
    public required DateTimeOffset Created { get; init; }

    /// <summary>
    /// When the first session of this line was created: signing in makes a new session, but a mark that ends all sessions before a moment
    /// must end this one too, on whichever machine the sign-in was.
    /// </summary>
    public required DateTimeOffset Born { get; init; }

    /// <summary>The last use that was written down.</summary>
    public required DateTimeOffset Seen { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required DateTimeOffset Ends { get; init; }

    public required TimeSpan IdleTimeout { get; init; }

    public required TimeSpan Granularity { get; init; }

    public static Lifetime Start(DateTimeOffset now, TimeSpan idleTimeout, TimeSpan lifetime, double granularity)
    {
        var step = TimeSpan.FromMilliseconds(Math.Floor(idleTimeout.TotalMilliseconds * granularity));
        return new Lifetime
        {
            Created = now,
            Born = now,
            Seen = now,
            Ends = now + lifetime,
            Expires = Earlier(now + idleTimeout + step, now + lifetime),
            IdleTimeout = idleTimeout,
            Granularity = step,
        };
    }

    public bool IsOver(DateTimeOffset now) => now >= Expires;

    /// <summary>This use, written down if it is time to.</summary>
    public Lifetime Slide(DateTimeOffset now) => now - Seen >= Granularity ? SlideNow(now) : this;

    /// <summary>This use, written down at once. Never moves a deadline back, even where two machines' clocks differ.</summary>
    public Lifetime SlideNow(DateTimeOffset now)
    {
        var expires = Earlier(now + IdleTimeout + Granularity, Ends);
        return expires > Expires ? this with { Seen = now, Expires = expires } : this;
    }

    /// <summary>As if it began now, within the same end: what was reserved until now comes to life.</summary>
    public Lifetime Begin(DateTimeOffset now) => this with { Seen = now, Expires = Earlier(now + IdleTimeout + Granularity, Ends) };

    /// <summary>Other deadlines, counted from now; each is left as it is where none is given.</summary>
    public Lifetime Moved(DateTimeOffset now, TimeSpan? expiresIn, TimeSpan? endsIn)
    {
        var ends = endsIn is { } end ? now + end : Ends;
        return this with { Ends = ends, Expires = Earlier(expiresIn is { } idle ? now + idle : Expires, ends) };
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

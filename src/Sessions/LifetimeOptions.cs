namespace Sessions;

/// <summary>How long sessions live.</summary>
internal sealed class LifetimeOptions
{
    public const string Section = "Sessions";

    /// <summary>A session ends when it wasn't used for this long.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>A session ends this long after its creation, whatever happens.</summary>
    public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary><see cref="IdleTimeout"/> of a persistent ("remember me") session.</summary>
    public TimeSpan PersistentIdleTimeout { get; set; } = TimeSpan.FromDays(14);

    /// <summary><see cref="AbsoluteLifetime"/> of a persistent ("remember me") session.</summary>
    public TimeSpan PersistentLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Share of the idle timeout that passes before a use is written down: 0 (each use) to 1.</summary>
    public double SlideGranularity { get; set; } = 0.1;

    internal (TimeSpan Idle, TimeSpan Lifetime) Profile(bool persistent) =>
        persistent ? (PersistentIdleTimeout, PersistentLifetime) : (IdleTimeout, AbsoluteLifetime);
}

internal sealed class LifetimeRules : OptionsRules<LifetimeOptions>
{
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(400);

    /// <summary>A time that a call asks for is at least a second and at most what is configured.</summary>
    public static Refusal? Check(string name, TimeSpan? wanted, TimeSpan max) => wanted is { } asked && (asked < OneSecond || asked > max)
        ? Refusal.NotAllowed($"{name} must be 1 to {max.TotalSeconds} seconds.")
        : null;

    protected override IEnumerable<string> Faults(LifetimeOptions options)
    {
        (string Name, TimeSpan Idle, string LifetimeName, TimeSpan Lifetime)[] profiles =
        [
            ("IdleTimeout", options.IdleTimeout, "AbsoluteLifetime", options.AbsoluteLifetime),
            ("PersistentIdleTimeout", options.PersistentIdleTimeout, "PersistentLifetime", options.PersistentLifetime),
        ];
        foreach (var (name, idle, lifetimeName, lifetime) in profiles)
        {
            if (idle < OneSecond)
            {
                yield return $"Sessions:{name} is {idle}; set at least {OneSecond}.";
            }

            if (lifetime < idle || lifetime > LongestLifetime)
            {
                yield return $"Sessions:{lifetimeName} is {lifetime}; set it between Sessions:{name} ({idle}) and {LongestLifetime}.";
            }
        }

        if (options.SlideGranularity is not (>= 0 and <= 1))
        {
            yield return $"Sessions:SlideGranularity is {options.SlideGranularity}; set a share of the idle timeout from 0 to 1, such as 0.1.";
        }
    }
}

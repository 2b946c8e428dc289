namespace Sessions.Use;

/// <summary>When a session's token changes.</summary>
internal sealed class RotationOptions
{
    public const string Section = "Sessions";

    /// <summary>How long the old token still works after the first use of the one that replaced it.</summary>
    public TimeSpan RotationGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Age at which a token is rotated without being asked, on answers that carry a cookie. None: only when asked.</summary>
    public TimeSpan? RotateAfter { get; set; }
}

internal sealed class RotationRules : OptionsRules<RotationOptions>
{
    protected override IEnumerable<string> Faults(RotationOptions options)
    {
        if (options.RotationGrace < TimeSpan.Zero || options.RotationGrace > OneHour)
        {
            yield return $"Sessions:RotationGrace is {options.RotationGrace}; set 00:00:00 to {OneHour}.";
        }

        if (options.RotateAfter is not null && options.RotationGrace >= TimeSpan.Zero && options.RotationGrace < OneSecond)
        {
            yield return $"Sessions:RotationGrace is {options.RotationGrace} while Sessions:RotateAfter is set: "
                + "calls that are under way with the old token would end the session. "
                + $"Set at least {OneSecond}, such as 00:00:30, or no Sessions:RotateAfter.";
        }

        if (options.RotateAfter < OneSecond)
        {
            yield return $"Sessions:RotateAfter is {options.RotateAfter}; set at least {OneSecond}, or nothing.";
        }
    }
}

using System.Globalization;

namespace Sessions.Cleanup;

/// <summary>The timer's work on what has expired.</summary>
internal sealed class CleanupOptions
{
    public const string Section = "Sessions";

    internal const string HostTimeoutSetting = "AzureFunctionsJobHost:functionTimeout";

    private const string NoTimeout = "-1";

    /// <summary>How long one run of the cleanup may take; the next run goes on where it stopped.</summary>
    public TimeSpan CleanupBudget { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>The <c>functionTimeout</c> of our host.json.</summary>
    internal static readonly TimeSpan HostJsonTimeout = TimeSpan.FromMinutes(5);

    /// <summary>When the host stops a run, and the process with it; null where it never does. Not ours to set.</summary>
    internal TimeSpan? HostTimeout { get; private set; } = HostJsonTimeout;

    /// <param name="setting">As the host's own setting has it, where that overrides host.json.</param>
    internal void ReadHostTimeout(string? setting) => HostTimeout =
        setting == NoTimeout ? null
        : TimeSpan.TryParse(setting, CultureInfo.InvariantCulture, out var timeout) ? timeout
        : HostJsonTimeout;
}

internal sealed class CleanupRules : OptionsRules<CleanupOptions>
{
    /// <summary>Left for the batch that a run is at when its time is over.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    protected override IEnumerable<string> Faults(CleanupOptions options)
    {
        if (options.CleanupBudget < OneSecond)
        {
            yield return $"Sessions:CleanupBudget is {options.CleanupBudget}; set at least {OneSecond}.";
        }

        if (options.HostTimeout is { } timeout && options.CleanupBudget > timeout - Margin)
        {
            yield return $"Sessions:CleanupBudget is {options.CleanupBudget}; set at most {timeout - Margin}, "
                + $"since the host stops a run, and the app with it, at its functionTimeout ({timeout}); "
                + "or set a longer AzureFunctionsJobHost__functionTimeout.";
        }
    }
}

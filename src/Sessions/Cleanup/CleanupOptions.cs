namespace Sessions.Cleanup;

/// <summary>The timer's work on what has expired.</summary>
internal sealed class CleanupOptions
{
    public const string Section = "Sessions";

    /// <summary>How long one run of the cleanup may take; the next run goes on where it stopped.</summary>
    public TimeSpan CleanupBudget { get; set; } = TimeSpan.FromSeconds(45);
}

internal sealed class CleanupRules : OptionsRules<CleanupOptions>
{
    protected override IEnumerable<string> Faults(CleanupOptions options)
    {
        if (options.CleanupBudget < OneSecond)
        {
            yield return $"Sessions:CleanupBudget is {options.CleanupBudget}; set at least {OneSecond}.";
        }
    }
}

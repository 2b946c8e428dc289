using Sessions;

namespace SessionFunctions.Use;

/// <summary>What a log out does beyond ending the session.</summary>
public sealed class LogOutOptions
{
    public const string Section = "Sessions";

    /// <summary>
    /// What the browser is asked to clear of this API's origin (<c>Clear-Site-Data</c>): cache, cookies, storage, executionContexts.
    /// None by default: it takes browsers seconds, and a page of another origin has its own to clear.
    /// </summary>
    public IReadOnlyList<string> ClearSiteData { get; internal set; } = [];
}

internal sealed class LogOutRules : OptionsRules<LogOutOptions>
{
    private static readonly string[] Known = ["cache", "cookies", "storage", "executionContexts"];

    protected override IEnumerable<string> Faults(LogOutOptions options) => options.ClearSiteData
        .Except(Known, StringComparer.Ordinal)
        .Select(unknown => $"Sessions:ClearSiteData has '{unknown}'; set one or more of {string.Join(", ", Known)}.");
}

namespace SessionFunctions.Create;

public sealed class CreateOptions
{
    public const string Section = "Sessions";

    /// <summary>Whether a caller that sends an Origin may ask for a bearer token, which page scripts can then read.</summary>
    public bool AllowBearerForBrowsers { get; set; }

    /// <summary>
    /// Whether a holder may ask for a persistent session. Otherwise only the operator makes one: longer times aren't anybody's for the
    /// asking.
    /// </summary>
    public bool AllowPersistent { get; set; }
}

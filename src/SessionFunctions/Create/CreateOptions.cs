namespace SessionFunctions.Create;

public sealed class CreateOptions
{
    public const string Section = "Sessions";

    /// <summary>Whether a caller that sends an Origin may ask for a bearer token, which page scripts can then read.</summary>
    public bool AllowBearerForBrowsers { get; set; }
}

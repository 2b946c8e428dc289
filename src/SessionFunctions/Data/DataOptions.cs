namespace SessionFunctions.Data;

public sealed class DataOptions
{
    public const string Section = "Sessions";

    /// <summary>Whether a change of data must carry If-Match (428 without).</summary>
    public bool RequireIfMatch { get; set; }
}

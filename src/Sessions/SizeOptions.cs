namespace Sessions;

/// <summary>How much a session holds.</summary>
public sealed class SizeOptions
{
    public const string Section = "Sessions";

    /// <summary>
    /// The most that a session takes in storage: the service's 1 MiB a row, less room for its own columns and for base64's share of a
    /// batch.
    /// </summary>
    internal const int MostStoredBytes = 900 * 1024;

    /// <summary>Largest data of a session, in bytes of UTF-8 JSON without white space.</summary>
    public int MaxDataBytes { get; set; } = 256 * 1024;

    /// <summary>Largest claims of a session, in bytes of UTF-8 JSON without white space.</summary>
    public int MaxClaimsBytes { get; set; } = 16 * 1024;
}

internal sealed class SizeRules : OptionsRules<SizeOptions>
{
    private const int MostData = 16 * 1024 * 1024;
    private const int MostClaims = 256 * 1024;

    protected override IEnumerable<string> Faults(SizeOptions options)
    {
        if (options.MaxDataBytes is < 2 or > MostData)
        {
            yield return $"Sessions:MaxDataBytes is {options.MaxDataBytes}; set 2 to {MostData}. What is stored stays below {SizeOptions.MostStoredBytes} bytes in any case.";
        }

        if (options.MaxClaimsBytes is < 2 or > MostClaims)
        {
            yield return $"Sessions:MaxClaimsBytes is {options.MaxClaimsBytes}; set 2 to {MostClaims}.";
        }
    }
}

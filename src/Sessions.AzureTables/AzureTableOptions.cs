using System.Text.RegularExpressions;

namespace Sessions.AzureTables;

/// <summary>Where the table is. None of it: what AzureWebJobsStorage says.</summary>
internal sealed class AzureTableOptions
{
    public const string Section = "Sessions:Storage";

    /// <summary>Connection string, for development.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Table endpoint of the storage or Cosmos DB account, reached with the app's Microsoft Entra identity.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Name of the table; made on first use.</summary>
    public string Table { get; set; } = "sessions";
}

internal sealed partial class AzureTableRules : OptionsRules<AzureTableOptions>
{
    protected override IEnumerable<string> Faults(AzureTableOptions options)
    {
        if (!TableName().IsMatch(options.Table))
        {
            yield return "Sessions:Storage:Table must be 3 to 63 letters and digits that begin with a letter.";
        }

        if (options is { ConnectionString: not null, Endpoint: not null })
        {
            yield return "Set Sessions:Storage:ConnectionString or Sessions:Storage:Endpoint, not both.";
        }
    }

    // \z and not $, which would let a line break at the end through.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{2,62}\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex TableName();
}

using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SessionFunctions.Testing;

/// <summary>What a test sets, by the names of the settings; null leaves the default. It reaches the domain as text.</summary>
public sealed class WorldSettings
{
    /// <summary>Few, since Azurite looks at every row for each range read.</summary>
    public int Shards { get; set; } = 4;

    public string? EncryptionKeys { get; set; } = SessionWorld.TestKey;

    public bool? AllowUnencryptedPayloads { get; set; }
    public TimeSpan? IdleTimeout { get; set; }
    public double? SlideGranularity { get; set; }
    public TimeSpan? RotateAfter { get; set; }
    public int? MaxDataBytes { get; set; }
    public int? MaxClaimsBytes { get; set; }
    public int? MaxPerUser { get; set; }
    public string? UserOverflow { get; set; }
    public string? KeepClaims { get; set; }
    public TimeSpan? CleanupBudget { get; set; }

    internal IConfiguration AsConfiguration() => new ConfigurationBuilder()
        .AddInMemoryCollection(
            from setting in typeof(WorldSettings).GetProperties()
            let value = setting.GetValue(this)
            where value is not null
            select KeyValuePair.Create($"Sessions:{setting.Name}", Convert.ToString(value, CultureInfo.InvariantCulture)))
        .Build();
}

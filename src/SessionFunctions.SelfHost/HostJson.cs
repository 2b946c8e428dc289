namespace SessionFunctions.SelfHost;

/// <summary>The part of host.json that means something without the Functions host.</summary>
internal sealed class HostJson(IConfiguration file)
{
    public string RoutePrefix => file["extensions:http:routePrefix"] ?? "api";

    /// <summary>Under the keys that logging in .NET reads.</summary>
    public IEnumerable<KeyValuePair<string, string?>> LogLevels =>
        file.GetSection("logging:logLevel").GetChildren()
            .Where(level => level.Value is not null)
            .Select(level => KeyValuePair.Create($"Logging:LogLevel:{level.Key}", level.Value));

    public static HostJson Load(string folder) =>
        new(new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("host.json", folder), optional: true)
            // The Functions host lets the environment override its file by this prefix.
            .AddEnvironmentVariables("AzureFunctionsJobHost__")
            .Build());
}

namespace SessionFunctions.SelfHost;

/// <summary>local.settings.json as Core Tools writes it, under the environment and the command line.</summary>
internal sealed class LocalSettings(IConfiguration file, IConfiguration all)
{
    private const string MemoryOnly = "SelfHost:MemoryOnly";
    private const string InMemory = "--memory";
    private const StringSplitOptions Tidy = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    public string? FunctionKey => all["SelfHost:FunctionKey"];

    public bool Timers => IsOn(all["SelfHost:Timers"], otherwise: true);

    public string[] CorsOrigins => all["Host:CORS"]?.Split(',', Tidy) ?? [];

    public bool CorsCredentials => IsOn(all["Host:CORSCredentials"]);

    // HTTP_PORTS is what the .NET container images set; a container is reached from outside, so it listens on every address.
    public string Url =>
        all["urls"]
        ?? (all["port"] is { } port ? Local(port) : null)
        ?? all["ASPNETCORE_URLS"]
        ?? (all["ASPNETCORE_HTTP_PORTS"] is { } ports ? string.Join(';', ports.Split(';', Tidy).Select(each => $"http://*:{each}")) : null)
        ?? Local(all["Host:LocalHttpPort"] ?? "7071");

    public IEnumerable<KeyValuePair<string, string?>> Values => IsOn(all[MemoryOnly])
        ? ValuesOf(file).Prepend(KeyValuePair.Create<string, string?>("Sessions:Storage:Provider", "memory"))
        : ValuesOf(file);

    /// <summary>Sessions in memory: for a first look with nothing but the SDK, so there is no file with a function key either.</summary>
    public bool IsFirstLook => IsOn(all[MemoryOnly]);

    public static LocalSettings Load(string folder, string[] args)
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("local.settings.json", folder), optional: true).Build();
        if (IsOn(file["IsEncrypted"]))
        {
            throw new HostSettingException("local.settings.json is encrypted, which only Core Tools can read. Run: func settings decrypt");
        }

        var all = new ConfigurationBuilder()
            .AddConfiguration(file)
            .AddInMemoryCollection(ValuesOf(file))
            .AddEnvironmentVariables()
            .AddCommandLine([.. args.Where(arg => arg != InMemory)])
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>(MemoryOnly, args.Contains(InMemory).ToString())])
            .Build();
        return new LocalSettings(file, all);
    }

    private static IEnumerable<KeyValuePair<string, string?>> ValuesOf(IConfiguration file) =>
        file.GetSection("Values").AsEnumerable(makePathsRelative: true)
            .Where(value => value.Value is not null)
            .Select(value => KeyValuePair.Create(SettingName.Normalise(value.Key), value.Value));

    private static bool IsOn(string? text, bool otherwise = false) => bool.TryParse(text, out var on) ? on : otherwise;

    // Kestrel can't take a free port on two addresses at once, which is what localhost is.
    private static string Local(string port) => port == "0" ? "http://127.0.0.1:0" : $"http://localhost:{port}";
}

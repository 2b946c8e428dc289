using System.Reflection;

namespace SessionFunctions.SelfHost;

/// <summary>What a host of functions needs to know; <see cref="Load"/> reads it from where Core Tools keeps it.</summary>
internal sealed record FunctionsHostSettings
{
    /// <summary>The assembly with the [Function] methods.</summary>
    public required Assembly Functions { get; init; }

    /// <summary>The first part of every path; may be empty.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>What callers of AuthorizationLevel.Function and above present. Without one, those calls are refused.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>Whether the key is one made just now that nobody could know otherwise: it is printed at the start.</summary>
    public bool ShowsFunctionKey { get; init; }

    /// <summary>Exact origins, or "*" alone.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    public bool CorsCredentials { get; init; }

    /// <summary>Where to listen. Port 0 takes a free one, which needs an address: <c>http://127.0.0.1:0</c>.</summary>
    public string Url { get; init; } = "http://localhost:7071";

    /// <summary>Whether timers run in this process.</summary>
    public bool Timers { get; init; } = true;

    /// <summary>Settings of the app. Environment variables win over them; keys may be written with <c>__</c> or <c>:</c>.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// Reads host.json and local.settings.json in <paramref name="contentRoot"/>, the environment and the arguments
    /// (<c>--urls</c>, <c>--port</c>, <c>--memory</c>). Both files may be missing.
    /// </summary>
    public static FunctionsHostSettings Load(Assembly functions, string contentRoot, string[] args)
    {
        var host = HostJson.Load(contentRoot);
        var local = LocalSettings.Load(contentRoot, args);
        return new FunctionsHostSettings
        {
            Functions = functions,
            RoutePrefix = host.RoutePrefix,
            FunctionKey = local.FunctionKey ?? (local.IsFirstLook ? FunctionKeys.NewKey() : null),
            ShowsFunctionKey = local.FunctionKey is null && local.IsFirstLook,
            CorsOrigins = local.CorsOrigins,
            CorsCredentials = local.CorsCredentials,
            Url = local.Url,
            Timers = local.Timers,
            Values = local.Values.Concat(host.LogLevels)
                .DistinctBy(value => value.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(StringComparer.OrdinalIgnoreCase),
        };
    }
}

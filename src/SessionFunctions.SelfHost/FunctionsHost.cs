using Microsoft.Extensions.Configuration.Memory;

namespace SessionFunctions.SelfHost;

/// <summary>Runs the functions of an assembly on Kestrel, with no Functions host.</summary>
internal static class FunctionsHost
{
    // As in Azure, and above every limit of the functions themselves, so that a body too large is theirs to refuse.
    private const long MaxRequestBodyBytes = 100 * 1024 * 1024;

    private const string DiagnosticsLevel = "Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics";
    private const string FrameworkLevel = "Logging:LogLevel:Microsoft.AspNetCore";

    // Below everything else. Requests aren't logged by default: their URLs may carry a function key.
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["CleanupSchedule"] = "0 * * * * *",
        [FrameworkLevel] = "Warning",
    };

    /// <summary>Maps every [Function] method with an [HttpTrigger] or a [TimerTrigger].</summary>
    /// <exception cref="HostSettingException">A setting or a function can't be hosted.</exception>
    public static WebApplication Build(FunctionsHostSettings settings, Action<WebApplicationBuilder>? configure = null)
    {
        var functions = FunctionMethod.FindIn(settings.Functions);
        var builder = CreateBuilder(settings);
        builder.Services.AddFunctionClasses(functions);
        builder.Services.AddFunctionCors(settings);
        if (settings.Timers)
        {
            builder.Services.AddTimerFunctions(functions, builder.Configuration);
        }

        configure?.Invoke(builder);
        builder.Host.UseDefaultServiceProvider(services => services.ValidateScopes = true); // what lives for a call is nothing for a singleton

        var app = builder.Build();
        foreach (var url in settings.Url.Split(';'))
        {
            app.Urls.Add(url);
        }

        app.UseFunctionCors(settings);
        app.UseProblems();
        app.MapHttpFunctions(functions, settings);
        app.MapGreeting(settings.RoutePrefix);
        return app;
    }

    private static WebApplicationBuilder CreateBuilder(FunctionsHostSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Nothing here reloads settings, and a watch on the working folder costs more than all the rest of the start.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.Sources.Insert(0, BelowEverything(settings.Values));
        if (builder.Configuration[FrameworkLevel] == "Warning")
        {
            // Its requests aren't logged at that level, but as long as they might be, each is given an activity and a scope to be logged in.
            var nothing = KeyValuePair.Create(DiagnosticsLevel, (string?)"None");
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [nothing] });
        }

        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSingleton(TimeProvider.System);
        return builder;
    }

    private static MemoryConfigurationSource BelowEverything(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var merged = new Dictionary<string, string?>(Defaults, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values)
        {
            merged[SettingName.Normalise(key)] = value;
        }

        return new MemoryConfigurationSource { InitialData = merged };
    }

    private static void MapGreeting(this WebApplication app, string prefix)
    {
        var text = $"The API is at /{prefix}\n";
        app.MapMethods("/", [HttpMethods.Get], context =>
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(text);
        });
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SessionFunctions.SelfHost;

namespace SessionFunctions.Tests.SelfHost;

/// <summary>The sample functions of this assembly on a free port.</summary>
internal sealed class SampleHost : IAsyncDisposable
{
    public const string Key = "a key for the tests";

    private readonly WebApplication _app;

    private SampleHost(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public static FunctionsHostSettings Settings { get; } = new()
    {
        Functions = typeof(SampleHost).Assembly,
        FunctionKey = Key,
        Url = "http://127.0.0.1:0",
        Timers = false,
    };

    public HttpClient Client { get; }

    public static WebApplication Build(FunctionsHostSettings settings, Action<WebApplicationBuilder>? configure = null) =>
        FunctionsHost.Build(settings, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddScoped<ScopedThing>();
            builder.Services.TryAddSingleton<Journal>();
            configure?.Invoke(builder);
        });

    public static async Task<SampleHost> StartAsync(FunctionsHostSettings? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var app = Build(settings ?? Settings, configure);
        await app.StartAsync();
        return new SampleHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

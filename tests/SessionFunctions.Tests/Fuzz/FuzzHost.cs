using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionFunctions.SelfHost;
using SessionFunctions.Testing;
using SessionFunctions.Tests.Jwt;
using SessionFunctions.Tests.Service;
using Sessions.Table;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>The app with all of it switched on, and a rate limit that nobody reaches, since it would answer nearly everything, over a table in memory.</summary>
internal sealed class FuzzHost : IAsyncDisposable
{
    public const string Key = "the-function-key-of-the-fuzz-test";
    public const int Shards = 4;
    public const int MaxPerUser = 6;

    private readonly WebApplication _app;

    private FuzzHost(WebApplication app, TestClock clock, LogCollector log) => (_app, Clock, Log) = (app, clock, log);

    public TestClock Clock { get; }

    public LogCollector Log { get; }

    public Uri Address => new(_app.Urls.Single());

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<FuzzHost> StartAsync()
    {
        var (clock, log) = (new TestClock(), new LogCollector());
        var settings = new FunctionsHostSettings
        {
            Functions = typeof(Composition).Assembly,
            FunctionKey = Key,
            CorsOrigins = [FuzzHeaders.AllowedOrigin],
            CorsCredentials = true,
            Url = "http://127.0.0.1:0",
            Timers = false,
            Values = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Sessions__Shards"] = $"{Shards}",
                ["Sessions__AllowedOrigins"] = FuzzHeaders.AllowedOrigin,
                ["Sessions__MaxPerUser"] = $"{MaxPerUser}",
                ["Sessions__AllowPersistent"] = "true",
                ["Sessions__RotateAfter"] = "00:02:00",
                ["Sessions__EncryptionKeys"] = SessionWorld.TestKey,
                ["Sessions__Jwt__SigningKeys"] = $"k1:{SigningKeys.Pkcs8()}",
                ["Sessions__Jwt__Issuer"] = "https://api.example.com",
                ["Sessions__RateLimit__CreatesPerMinute"] = "1000000",
                ["Sessions__RateLimit__ClientAddressHeader"] = FuzzHeaders.ClientAddress,
            },
        };
        var app = FunctionsHost.Build(settings, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log);
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton<ITable>(new MemoryTable());
            builder.Services.AddSessionFunctions(builder.Configuration);
        });
        await app.StartAsync();
        return new FuzzHost(app, clock, log);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

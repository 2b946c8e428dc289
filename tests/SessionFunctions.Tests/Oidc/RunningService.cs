using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionFunctions.SelfHost;
using SessionFunctions.Testing;
using SessionFunctions.Tests.OpenApi;
using Sessions.Table;

namespace SessionFunctions.Tests.Oidc;

/// <summary>The service on a free port, with its table in memory and time standing still.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    public const string FunctionKey = "a key for the tests";

    private readonly WebApplication _app;

    private RunningService(WebApplication app, TestClock clock)
    {
        (_app, Clock) = (app, clock);
        Client = new HttpClient(new ContractCheck(new SocketsHttpHandler())) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public TestClock Clock { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<RunningService> StartAsync(params (string Name, string Value)[] settings) => StartAsync(new MemoryTable(), settings);

    public static async Task<RunningService> StartAsync(ITable table, params (string Name, string Value)[] settings)
    {
        var clock = new TestClock();
        var app = FunctionsHost.Build(
            new FunctionsHostSettings
            {
                Functions = typeof(Composition).Assembly,
                FunctionKey = FunctionKey,
                Url = "http://127.0.0.1:0",
                Timers = false,
                Values = settings.ToDictionary(setting => $"Sessions:{setting.Name}", setting => (string?)setting.Value),
            },
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddSingleton(table);
                builder.Services.AddSessionFunctions(builder.Configuration);
            });
        await app.StartAsync();
        return new RunningService(app, clock);
    }

    /// <summary>Creates a session and gives its token.</summary>
    public async Task<string> CreateAsync()
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/sessions", body: """{"transport":"bearer"}""");
        return (await JsonAsync(answer)).GetProperty("token").GetString()!;
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token = null, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/json"));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionFunctions.SelfHost;
using SessionFunctions.Tests.OpenApi;
using Sessions.Table;

namespace SessionFunctions.Tests.Data;

/// <summary>The service over a table in memory, and a caller who holds a session.</summary>
internal sealed class DataHost : IAsyncDisposable
{
    public const string Current = "/api/sessions/current";
    public const string DataPath = Current + "/data";

    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly string _address;

    private DataHost(WebApplication app)
    {
        _app = app;
        _address = app.Urls.Single();
        _client = new HttpClient(new ContractCheck(new SocketsHttpHandler()));
    }

    public static async Task<DataHost> StartAsync(string data = "{}", params (string Name, string Value)[] settings)
    {
        var app = FunctionsHost.Build(
            new FunctionsHostSettings
            {
                Functions = typeof(Composition).Assembly,
                Url = "http://127.0.0.1:0",
                Timers = false,
                Values = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
            },
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<ITable>(new MemoryTable());
                builder.Services.AddSessionFunctions(builder.Configuration);
            });
        await app.StartAsync();
        var host = new DataHost(app);
        var created = await host.SendAsync("POST", "/api/sessions", $$"""{"transport":"bearer","data":{{data}}}""");
        host._client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", created.Json.GetProperty("token").GetString());
        return host;
    }

    /// <param name="method">The method.</param>
    /// <param name="path">Sent exactly as written.</param>
    /// <param name="body">JSON, or none.</param>
    /// <param name="headers">Headers of the request; Content-Type among them takes the place of application/json.</param>
    public async Task<RawAnswer> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_address + path, AsWritten));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.ContentType = new MediaTypeHeaderValue(value);
            }
            else
            {
                Assert.True(request.Headers.TryAddWithoutValidation(name, value));
            }
        }

        using var response = await _client.SendAsync(request);
        return new RawAnswer((int)response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync());
    }

    public Task<RawAnswer> GetAsync(string path) => SendAsync("GET", path);

    public async Task<string> DataAsync() => (await GetAsync(Current)).Json.GetProperty("data").GetRawText();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}

internal sealed record RawAnswer(int Status, HttpResponseHeaders Headers, string Body)
{
    public string? ETag => Headers.ETag?.Tag;

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Of a problem: the last part of its type.</summary>
    public string Problem => Json.GetProperty("type").GetString()!.Split(':')[^1];

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

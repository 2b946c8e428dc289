using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionFunctions.SelfHost;
using SessionFunctions.Testing;
using SessionFunctions.Tests.OpenApi;
using Sessions;
using Sessions.Table;

namespace SessionFunctions.Tests.Service;

/// <summary>The app itself on a free port, with time in the test's hand.</summary>
public sealed class Api : IAsyncDisposable
{
    /// <summary>What the operator shows.</summary>
    public const string FunctionKey = "the-key-of-the-tests";

    private readonly WebApplication _app;

    private readonly LogCollector _log;

    private Api(WebApplication app, TestClock clock, LogCollector log)
    {
        (_app, Clock, _log) = (app, clock, log);
        var sockets = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        };
        Http = new HttpClient(new ContractCheck(sockets)) { BaseAddress = new Uri($"{app.Urls.Single()}/api/") };
    }

    /// <summary>Sends what it is given, and holds each answer to the OpenAPI document.</summary>
    public HttpClient Http { get; }

    public TestClock Clock { get; }

    /// <summary>All that was logged so far, at every level.</summary>
    public string Log => _log.Text;

    /// <summary>Completes once a line with this text was logged.</summary>
    public Task UntilLoggedAsync(string text) => _log.UntilAsync(text);

    private ITable Table => _app.Services.GetRequiredService<ITable>();

    public static Task<Api> StartAsync(Storage storage, params (string Name, string Value)[] settings) =>
        StartAsync(storage, _ => { }, settings);

    /// <summary>The app with more registered.</summary>
    public static async Task<Api> StartAsync(
        Storage storage, Action<IServiceCollection> more, params (string Name, string Value)[] settings)
    {
        var (clock, log) = (new TestClock(), new LogCollector());
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Sessions__Shards"] = "2" };
        foreach (var (name, value) in (await storage.SettingsAsync()).Concat(settings))
        {
            values[name] = value;
        }

        var host = new FunctionsHostSettings
        {
            Functions = typeof(Composition).Assembly,
            FunctionKey = FunctionKey,
            Url = "http://127.0.0.1:0",
            Timers = values.ContainsKey("CleanupSchedule"),
            Values = values,
        };
        var app = FunctionsHost.Build(host, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log).AddFilter<LogCollector>(_ => true);
            builder.Services.AddSingleton<TimeProvider>(clock);
            storage.Register(builder.Services);
            builder.Services.AddSessionFunctions(builder.Configuration);
            more(builder.Services);
        });
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new Api(app, clock, log);
    }

    /// <summary>Sends a call, and holds its answer to what every answer must have.</summary>
    public async Task<Answer> SendAsync(Request call)
    {
        using var request = call.ToRequest();
        using var response = await Http.SendAsync(request);
        var answer = await Answer.ReadAsync(response);
        answer.HoldToTheRules();
        return answer;
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new Request("GET", path));

    /// <summary>A session whose holder has its token in hand.</summary>
    public async Task<Holder> BearerAsync(string data = "{}", string more = "")
    {
        var answer = await SendAsync(new Request("POST", "sessions") { Json = $$"""{"transport":"bearer","data":{{data}}{{more}}}""" });
        return new Holder(this, answer.Is(201).Token!, ByCookie: false);
    }

    /// <summary>A session whose holder has a cookie, and sends what a browser on the same origin sends with it.</summary>
    public async Task<Holder> CookieAsync(string data = "{}", string more = "")
    {
        var answer = await SendAsync(new Request("POST", "sessions") { Json = $$"""{"data":{{data}}{{more}}}""" });
        return new Holder(this, answer.Is(201).CookieToken!, ByCookie: true);
    }

    /// <summary>Everything that is in the table, to compare.</summary>
    public async Task<string> SnapshotAsync()
    {
        var lines = new List<string>();
        foreach (var shard in Shard.All(2))
        {
            await foreach (var page in Table.RangeAsync(new RowRange(shard.ToString(), "0", "~", []), default))
            {
                foreach (var row in page)
                {
                    var whole = (await Table.FindAsync(row.Partition, row.Key, default))!;
                    var columns = whole.Columns.OrderBy(column => column.Key, StringComparer.Ordinal)
                        .Select(column => $"{column.Key}={(column.Value is byte[] bytes ? Convert.ToHexString(bytes) : column.Value)}");
                    lines.Add($"{row.Partition}/{row.Key} {whole.ETag} {string.Join(' ', columns)}");
                }
            }
        }

        return string.Join('\n', lines);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

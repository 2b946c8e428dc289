using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace SessionFunctions.Tests.Oidc;

/// <summary>An OpenID provider on loopback: its discovery document, its keys, and how often they were asked for.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _fetches;

    private TestProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>What is published under <c>keys</c>.</summary>
    public List<TestKey> Keys { get; } = [];

    /// <summary>How often the keys were fetched.</summary>
    public int Fetches => _fetches;

    /// <summary>How often it answered that it is down.</summary>
    public int Failures { get; private set; }

    /// <summary>Answers 503 to everything.</summary>
    public bool Down { get; set; }

    /// <summary>What it calls itself, where that isn't its address.</summary>
    public string? Issuer { get; set; }

    /// <summary>Where it says that its keys are, where that isn't so.</summary>
    public string? KeysAddress { get; set; }

    /// <summary>White space that makes the key set long.</summary>
    public int Padding { get; set; }

    /// <summary>Awaited before the keys are sent.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    public static async Task<TestProvider> StartAsync(params TestKey[] keys)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new TestProvider(app);
        provider.Keys.AddRange(keys);
        app.Run(provider.AnswerAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>A valid token's claims.</summary>
    public JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Address,
        ["aud"] = "shop",
        ["sub"] = "user-1",
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (Down)
        {
            Failures++;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        switch (context.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                var keys = KeysAddress ?? $"{Address}/keys";
                await SendAsync(context, new JsonObject { ["issuer"] = Issuer ?? Address, ["jwks_uri"] = keys });
                break;
            case "/moved":
                context.Response.Redirect("/keys");
                break;
            case "/keys":
                Interlocked.Increment(ref _fetches);
                await Ready;
                await SendAsync(context, new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => key.Jwk.DeepClone())]) });
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private Task SendAsync(HttpContext context, JsonObject document) =>
        context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(document.ToJsonString() + new string(' ', Padding))).AsTask();
}

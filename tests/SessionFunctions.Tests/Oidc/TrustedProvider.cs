using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SessionFunctions.Oidc;
using SessionFunctions.Testing;
using Sessions;

namespace SessionFunctions.Tests.Oidc;

/// <summary>The verifier with a provider that it trusts, and time standing still.</summary>
internal sealed class TrustedProvider : IAsyncDisposable, ILogger<IdTokenVerifier>
{
    private readonly ProviderKeys _keys;
    private readonly IdTokenVerifier _verifier;

    private TrustedProvider(TestProvider provider, Action<OidcOptions>? configure, TestClock clock)
    {
        (Provider, Clock) = (provider, clock);
        var settings = new OidcOptions { Authority = provider.Address, Audience = "shop" };
        configure?.Invoke(settings);
        Assert.True(new OidcRules().Validate(null, settings).Succeeded);
        var options = Options.Create(settings);
        _keys = new ProviderKeys(options, Clock, NullLogger<ProviderKeys>.Instance);
        _verifier = new IdTokenVerifier(_keys, options, Clock, this);
    }

    public TestProvider Provider { get; }

    public TestClock Clock { get; }

    /// <summary>Why tokens were refused, as the log has it.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    public static async Task<TrustedProvider> WithAsync(TestKey key, Action<OidcOptions>? configure = null, DateTimeOffset? now = null) =>
        new(await TestProvider.StartAsync(key), configure, new TestClock(now));

    public static string Compact(JsonObject header, JsonObject payload, Func<byte[], byte[]> sign)
    {
        var signed = $"{Part(header.ToJsonString())}.{Part(payload.ToJsonString())}";
        return $"{signed}.{TestKey.Text(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Part(string json) => TestKey.Text(Encoding.UTF8.GetBytes(json));

    /// <summary>A token that is valid but for what the test bends.</summary>
    public string Token(TestKey key, string algorithm, Action<JsonObject>? claims = null, Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = key.Id };
        header?.Invoke(head);
        var payload = Provider.Claims(Clock.GetUtcNow());
        claims?.Invoke(payload);
        return Compact(head, payload, data => key.Sign(data, algorithm));
    }

    public Task<Result<IdToken>> VerifyAsync(string token, string? nonce = null, CancellationToken cancellation = default) =>
        _verifier.VerifyAsync(token, nonce, cancellation);

    public async Task<IdToken> AcceptAsync(string token, string? nonce = null)
    {
        var result = await VerifyAsync(token, nonce);
        Assert.True(result.Succeeded(out var idToken, out _), string.Join("; ", Log));
        return idToken;
    }

    /// <summary>The caller learns nothing, the log the reason.</summary>
    public async Task RefuseAsync(string token, string reason, string? nonce = null)
    {
        Assert.False((await VerifyAsync(token, nonce)).Succeeded(out _, out var refusal));
        Assert.Equal(RefusalKind.NotAllowed, refusal.Kind);
        Assert.Equal("The id token isn't valid for this service.", refusal.Detail);
        Assert.Equal($"Id token refused: {reason}", Log.Last());
    }

    public async ValueTask DisposeAsync()
    {
        _keys.Dispose();
        await Provider.DisposeAsync();
    }

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Enqueue(formatter(state, exception));

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;
}

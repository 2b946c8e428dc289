using System.Net;
using SessionFunctions.Tests.Oidc;

namespace SessionFunctions.Tests.Entry;

/// <summary>The limits as callers meet them.</summary>
public sealed class RateLimitTests
{
    private const string BadToken = "not-a-token";

    private static readonly (string, string) TrustLoopback = ("RateLimit:TrustedProxies", "127.0.0.0/8, ::1, 10.0.0.0/8");

    [Fact]
    public async Task ACreateTellsWhatIsLeftAndOneTooManyIsRefusedUntilTheWindowPasses()
    {
        await using var service = await RunningService.StartAsync(("RateLimit:CreatesPerMinute", "2"));
        using var first = await CreateAsync(service);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("\"creates\";q=2;w=60", Header(first, "RateLimit-Policy"));
        Assert.Equal("\"creates\";r=1;t=60", Header(first, "RateLimit"));

        service.Clock.Advance(TimeSpan.FromSeconds(20));
        using var second = await CreateAsync(service);
        Assert.Equal("\"creates\";r=0;t=40", Header(second, "RateLimit"));
        using var third = await CreateAsync(service);
        await AssertLimitedAsync(third, "\"creates\";r=0;t=40", "40");

        service.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(service)).StatusCode);
    }

    [Fact]
    public async Task ByDefault6000SessionsAMinuteAreAllowed()
    {
        await using var service = await RunningService.StartAsync();
        Assert.Equal("\"creates\";r=5999;t=60", Header(await CreateAsync(service), "RateLimit"));
    }

    [Fact]
    public async Task ZeroIsNoLimit()
    {
        await using var service = await RunningService.StartAsync(("RateLimit:CreatesPerMinute", "0"));
        Assert.False((await CreateAsync(service)).Headers.Contains("RateLimit"));
        Assert.False((await ReadAsync(service, BadToken)).Headers.Contains("RateLimit"));
    }

    [Fact]
    public async Task ATokenWithABadEndIsBadLikeAnyOther()
    {
        await using var service = await RunningService.StartAsync();
        var token = await service.CreateAsync();
        foreach (var end in new[] { (char)(token[^1] + 1), '!', '=' }) // stray bits, no letter, padding
        {
            using var answer = await ReadAsync(service, token[..^1] + end);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task WithoutATrustedProxyWhatACallerSaysOfItsAddressIsIgnored()
    {
        await using var service = await RunningService.StartAsync(("RateLimit:CreatesPerMinute", "1"));
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(service, "192.0.2.1")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await CreateAsync(service, "192.0.2.2")).StatusCode);
    }

    [Fact]
    public async Task ATrustedProxyThatIsNotTheCallerChangesNothing()
    {
        await using var service = await RunningService.StartAsync(("RateLimit:CreatesPerMinute", "1"), ("RateLimit:TrustedProxies", "10.0.0.0/8"));
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(service, "192.0.2.1")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await CreateAsync(service, "192.0.2.2")).StatusCode);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "192.0.2.1:51234", true)] // the platform's form, with a port
    [InlineData("192.0.2.1", "198.51.100.7, 192.0.2.1", true)] // made up by the client, before what the proxy added
    [InlineData("192.0.2.1", "10.1.1.1, 192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.1, 10.1.1.1", true)] // through two trusted proxies
    [InlineData("192.0.2.1", "192.0.2.2, 10.1.1.1", false)]
    [InlineData("2001:db8:1:2::1", "[2001:db8:1:2::2]:443", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("unknown", "192.0.2.1, nobody", true)] // no address to be had: the proxy's own
    public async Task BehindATrustedProxyTheClientIsWhoTheProxySays(string one, string other, bool same)
    {
        await using var service = await RunningService.StartAsync(("RateLimit:CreatesPerMinute", "1"), TrustLoopback);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(service, one)).StatusCode);
        Assert.Equal(same ? HttpStatusCode.TooManyRequests : HttpStatusCode.Created, (await CreateAsync(service, other)).StatusCode);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1:51234", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "192.0.2.2, 192.0.2.1", true)] // the last one is what stands in front has written
    [InlineData("nobody", "none", true)] // no address to be had: one client like any other
    public async Task WhereAHeaderIsNamedForItTheClientIsWhoItSays(string one, string other, bool same)
    {
        await using var service = await RunningService.StartAsync(("RateLimit:CreatesPerMinute", "1"), ("RateLimit:ClientAddressHeader", "X-Azure-ClientIP"));
        Assert.Equal(HttpStatusCode.Created, (await FromAsync(service, one)).StatusCode);
        Assert.Equal(same ? HttpStatusCode.TooManyRequests : HttpStatusCode.Created, (await FromAsync(service, other)).StatusCode);
    }

    private static Task<HttpResponseMessage> FromAsync(RunningService service, string client) =>
        service.SendAsync(HttpMethod.Post, "/api/sessions", headers: [("X-Azure-ClientIP", client)]);

    private static Task<HttpResponseMessage> CreateAsync(RunningService service, string? forwarded = null) =>
        service.SendAsync(HttpMethod.Post, "/api/sessions", headers: forwarded is null ? [] : [("X-Forwarded-For", forwarded)]);

    private static Task<HttpResponseMessage> ReadAsync(RunningService service, string? token) =>
        service.SendAsync(HttpMethod.Get, "/api/sessions/current", token);

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private static async Task AssertLimitedAsync(HttpResponseMessage answer, string state, string retryAfter)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(state, Header(answer, "RateLimit"));
        Assert.Equal(retryAfter, Header(answer, "Retry-After"));
        Assert.Equal("urn:session-functions:problem:rate-limited", (await RunningService.JsonAsync(answer)).GetProperty("type").GetString());
    }
}

using System.Net;
using SessionFunctions.SelfHost;

namespace SessionFunctions.Tests.SelfHost;

public sealed class CorsTests
{
    private const string Shop = "http://shop.example:5080";

    private static FunctionsHostSettings ForTheShop =>
        SampleHost.Settings with { CorsOrigins = [Shop], CorsCredentials = true };

    [Fact]
    public async Task APreflightOfAnOriginNamedAllowsTheCall()
    {
        var answer = await SendAsync(ForTheShop, Preflight(Shop));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(Shop, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Contains("PATCH", Header(answer, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("if-match", Header(answer, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Origin", Header(answer, "Vary"));
    }

    [Fact]
    public async Task APreflightOfAnotherOriginAllowsNothing()
    {
        var answer = await SendAsync(ForTheShop, Preflight("http://elsewhere.example"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/api/greet/Ada")]
    [InlineData("/api/locked")]
    [InlineData("/api/throws")]
    [InlineData("/api/nowhere")]
    public async Task EveryAnswerMayBeReadByAnOriginNamed(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Origin", Shop } } };
        var answer = await SendAsync(ForTheShop, request);
        Assert.Equal(Shop, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Equal("Origin", Header(answer, "Vary"));
    }

    [Fact]
    public async Task AStarAllowsEveryOriginWithoutCredentials()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/greet/Ada") { Headers = { { "Origin", Shop } } };
        var answer = await SendAsync(SampleHost.Settings with { CorsOrigins = ["*"] }, request);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public void AStarWithCredentialsStopsTheStart()
    {
        var settings = SampleHost.Settings with { CorsOrigins = ["*"], CorsCredentials = true };
        Assert.Contains("CORSCredentials", Assert.Throws<HostSettingException>(() => SampleHost.Build(settings)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.example")]
    [InlineData("https://shop.example/path")]
    [InlineData("https://shop.example/")]
    [InlineData("https://*.example")]
    public void WhatIsNoOriginStopsTheStart(string origin)
    {
        var settings = SampleHost.Settings with { CorsOrigins = [origin] };
        Assert.Contains(origin, Assert.Throws<HostSettingException>(() => SampleHost.Build(settings)).Message, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Preflight(string origin) => new(HttpMethod.Options, "/api/echo")
    {
        Headers =
        {
            { "Origin", origin },
            { "Access-Control-Request-Method", "PATCH" },
            { "Access-Control-Request-Headers", "content-type,if-match" },
        },
    };

    private static string Header(HttpResponseMessage answer, string name) => string.Join(',', answer.Headers.GetValues(name));

    private static async Task<HttpResponseMessage> SendAsync(FunctionsHostSettings settings, HttpRequestMessage request)
    {
        await using var host = await SampleHost.StartAsync(settings);
        return await host.Client.SendAsync(request);
    }
}

using System.Net;

namespace SessionFunctions.Tests.SelfHost;

public sealed class FunctionKeysTests
{
    [Theory]
    [InlineData("/api/locked")]
    [InlineData("/api/default")]
    [InlineData("/api/master")]
    public async Task AFunctionAboveAnonymousWantsTheKey(string path)
    {
        await using var host = await SampleHost.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync($"{path}?code=another")).StatusCode);
        Assert.Equal($"open {path}", await host.Client.GetStringAsync($"{path}?code={SampleHost.Key}"));
    }

    [Fact]
    public async Task TheKeyIsTakenFromItsHeader()
    {
        await using var host = await SampleHost.StartAsync();
        host.Client.DefaultRequestHeaders.Add("x-functions-key", SampleHost.Key);
        Assert.Equal("open /api/locked", await host.Client.GetStringAsync("/api/locked"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task WithoutAKeyConfiguredNobodyGetsIn(string? key)
    {
        await using var host = await SampleHost.StartAsync(SampleHost.Settings with { FunctionKey = key });
        var answer = await host.Client.GetAsync("/api/locked?code=");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task AnAnonymousFunctionIgnoresTheKey()
    {
        await using var host = await SampleHost.StartAsync();
        Assert.Equal("GET Ada", await host.Client.GetStringAsync("/api/greet/Ada?code=another"));
    }
}

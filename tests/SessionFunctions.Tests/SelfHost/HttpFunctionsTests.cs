using System.Net;
using System.Text.Json;
using SessionFunctions.SelfHost;

namespace SessionFunctions.Tests.SelfHost;

public sealed class HttpFunctionsTests : IAsyncLifetime
{
    private SampleHost _host = null!;

    private HttpClient Client => _host.Client;

    public async ValueTask InitializeAsync() => _host = await SampleHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task ARouteIsMappedUnderThePrefixAndItsValuesArePassedByName() =>
        Assert.Equal("GET Ada", await Client.GetStringAsync("/api/greet/Ada"));

    [Fact]
    public async Task AnotherPrefixMovesEveryRoute()
    {
        await using var host = await SampleHost.StartAsync(SampleHost.Settings with { RoutePrefix = "v1" });
        Assert.Equal("GET Ada", await host.Client.GetStringAsync("/v1/greet/Ada"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/greet/Ada")).StatusCode);
    }

    [Fact]
    public async Task AnEmptyPrefixPutsTheRoutesAtTheTop()
    {
        await using var host = await SampleHost.StartAsync(SampleHost.Settings with { RoutePrefix = "" });
        Assert.Equal("GET Ada", await host.Client.GetStringAsync("/greet/Ada"));
    }

    [Fact]
    public async Task ATaskOfAResultIsAwaited()
    {
        var answer = await Client.PostAsync("/api/echo", new StringContent("hello"));
        Assert.Equal("hello", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task AValueTaskOfAResultIsAwaitedForEveryMethodNamed(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/length") { Content = new StringContent("12345") };
        Assert.Equal("5", await (await Client.SendAsync(request)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AFunctionWithoutAResultWritesTheAnswerItself()
    {
        var answer = await Client.GetAsync("/api/write");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("written", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task ATriggerWithoutRouteOrMethodsTakesAnyMethodAtTheFunctionsName(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/named");
        Assert.Equal(HttpStatusCode.NoContent, (await Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task AClassOfFunctionsIsMadeOnceAndServesThemAll()
    {
        var first = await Client.GetStringAsync("/api/instance");
        var second = await Client.GetStringAsync("/api/instance");
        var other = await Client.GetStringAsync("/api/instance/ada");

        Assert.EndsWith(" 0 /api/instance", first, StringComparison.Ordinal);
        Assert.Equal(first, second);
        Assert.Equal($"{first.Split(' ')[0]} ada /api/instance/ada", other);
    }

    [Fact]
    public async Task AClassThatNeedsSomethingOfACallIsntServed() =>
        await AssertProblemAsync(await Client.GetAsync("/api/scoped"), HttpStatusCode.InternalServerError, "internal-error");

    [Theory]
    [InlineData("/api/nowhere")]
    [InlineData("/api")]
    [InlineData("/apis/greet/Ada")]
    [InlineData("/elsewhere")]
    [InlineData("/api/hidden")] // its class isn't public
    public async Task AnAddressOfNoFunctionIsAProblemNotFound(string path) =>
        await AssertProblemAsync(await Client.GetAsync(path), HttpStatusCode.NotFound, "not-found");

    [Theory]
    [InlineData("/api/length", "POST", "PUT")]
    [InlineData("/", "GET")]
    public async Task AWrongMethodIsAProblemThatNamesTheRightOnes(string path, params string[] right)
    {
        var answer = await Client.DeleteAsync(path);
        await AssertProblemAsync(answer, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(right, answer.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task HeadIsNotMapped()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/greet/Ada");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task ANotFoundOfTheFunctionItselfStaysAsItIs()
    {
        var answer = await Client.GetAsync("/api/missing");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("no such thing at /api/missing", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AnExceptionIsAProblemThatTellsNothing()
    {
        var answer = await Client.GetAsync("/api/throws");
        await AssertProblemAsync(answer, HttpStatusCode.InternalServerError, "internal-error");
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABodyOfFiveMegabytesReachesTheFunction()
    {
        var answer = await Client.PostAsync("/api/echo", new ByteArrayContent(new byte[5 * 1024 * 1024]));
        Assert.Equal(5 * 1024 * 1024, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task NoAnswerNamesTheServer() => Assert.Empty((await Client.GetAsync("/api/greet/Ada")).Headers.Server);

    [Fact]
    public async Task TheTopTellsWhereTheApiIs() => Assert.Contains("/api", await Client.GetStringAsync("/"), StringComparison.Ordinal);

    [Fact]
    public void AFunctionThatCannotBeHostedStopsTheStartByName()
    {
        var settings = SampleHost.Settings with { Functions = UnsupportedFunctions.Emit() };
        var refusal = Assert.Throws<HostSettingException>(() => FunctionsHost.Build(settings));
        Assert.Contains("Odd", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("IResult", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string slug)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        Assert.Equal($"urn:session-functions:problem:{slug}", problem.RootElement.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
    }
}

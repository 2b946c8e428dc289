using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>The limit of sessions that one client address may make, as callers meet it.</summary>
public sealed class RateLimitTests
{
    private const string Named = "X-Azure-ClientIP";

    private static readonly (string, string) One = ("Sessions__RateLimit__CreatesPerMinute", "1");

    [Fact]
    public async Task A_create_tells_what_is_left_and_one_too_many_is_refused_until_the_window_passes()
    {
        await using var api = await Api.StartAsync(Storage.Memory, ("Sessions__RateLimit__CreatesPerMinute", "2"));
        var first = (await CreateAsync(api)).Is(201);
        Assert.Equal(("\"creates\";q=2;w=60", "\"creates\";r=1;t=60"), (first.Header("RateLimit-Policy"), first.Header("RateLimit")));

        api.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("\"creates\";r=0;t=40", (await CreateAsync(api)).Is(201).Header("RateLimit"));
        var before = await api.SnapshotAsync();
        var third = (await CreateAsync(api)).Is(429, "rate-limited");
        Assert.Equal(("\"creates\";r=0;t=40", "40"), (third.Header("RateLimit"), third.Header("Retry-After")));
        Assert.Equal(before, await api.SnapshotAsync());

        api.Clock.Advance(TimeSpan.FromSeconds(40));
        (await CreateAsync(api)).Is(201);
    }

    [Theory]
    [InlineData(null, "\"creates\";r=5999;t=60")]
    [InlineData("0", null)]
    public async Task By_default_6000_sessions_a_minute_are_allowed_and_0_is_no_limit(string? setting, string? state)
    {
        await using var api = await Api.StartAsync(
            Storage.Memory, setting is null ? [] : [("Sessions__RateLimit__CreatesPerMinute", setting)]);

        Assert.Equal(state, (await CreateAsync(api)).Is(201).Header("RateLimit"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/8")] // not the caller
    public async Task Without_a_trusted_proxy_what_a_caller_says_of_its_address_is_ignored(string trusted)
    {
        await using var api = await Api.StartAsync(Storage.Memory, One, ("Sessions__RateLimit__TrustedProxies", trusted));

        (await CreateAsync(api, "X-Forwarded-For", "192.0.2.1")).Is(201);
        (await CreateAsync(api, "X-Forwarded-For", "192.0.2.2")).Is(429);
        (await CreateAsync(api, Named, "192.0.2.3")).Is(429);
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
    public async Task Behind_a_trusted_proxy_the_client_is_who_the_proxy_says(string one, string other, bool same)
    {
        await using var api = await Api.StartAsync(
            Storage.Memory, One, ("Sessions__RateLimit__TrustedProxies", "127.0.0.0/8, ::1, 10.0.0.0/8"));

        (await CreateAsync(api, "X-Forwarded-For", one)).Is(201);
        (await CreateAsync(api, "X-Forwarded-For", other)).Is(same ? 429 : 201);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1:51234", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "192.0.2.2, 192.0.2.1", true)] // the last one is what stands in front has written
    [InlineData("nobody", "none", true)] // no address to be had: one client like any other
    public async Task Where_a_header_is_named_for_it_the_client_is_who_it_says(string one, string other, bool same)
    {
        foreach (var underHost in (bool[])[true, false])
        {
            await using var api = await Api.StartAsync(
                Storage.Memory,
                services => _ = underHost ? services.UnderFunctionsHost() : services,
                One,
                ("Sessions__RateLimit__ClientAddressHeader", Named));

            (await CreateAsync(api, Named, one)).Is(201);
            (await CreateAsync(api, Named, other)).Is(same ? 429 : 201);
            Assert.DoesNotContain("client address is off", api.Log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Under_the_Functions_host_without_such_a_header_the_limit_is_off_and_one_line_at_the_start_says_so()
    {
        await using var api = await Api.StartAsync(Storage.Memory, services => services.UnderFunctionsHost(), One);

        Assert.Contains(
            "Information The limit of sessions created per client address is off: under the Functions host every call comes from the host. "
            + "Set Sessions:RateLimit:ClientAddressHeader",
            Assert.Single(api.Log.Split('\n'), line => line.Contains("ClientAddressHeader", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        for (var time = 1; time <= 3; time++)
        {
            Assert.Null((await CreateAsync(api, "X-Forwarded-For", "192.0.2.1")).Is(201).Header("RateLimit"));
        }

        Assert.Single(api.Log.Split('\n'), line => line.Contains("ClientAddressHeader", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_there_is_to_be_no_limit_nothing_is_said_of_a_header_that_it_would_need()
    {
        await using var api = await Api.StartAsync(
            Storage.Memory, services => services.UnderFunctionsHost(), ("Sessions__RateLimit__CreatesPerMinute", "0"));

        Assert.DoesNotContain("ClientAddressHeader", api.Log, StringComparison.Ordinal);
    }

    private static Task<Answer> CreateAsync(Api api, string header = Named, string? client = null) =>
        api.SendAsync(new Request("POST", "sessions").With(header, client));
}

using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>What the settings change.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("Lax", "sid", null, "sid={0}; Path=/; Secure; HttpOnly; SameSite=Lax")]
    [InlineData("Strict", "__Host-session", null, "__Host-session={0}; Path=/; Secure; HttpOnly; SameSite=Strict")]
    [InlineData("None", "__Host-session", null, "__Host-session={0}; Path=/; Secure; HttpOnly; SameSite=None; Partitioned")]
    [InlineData("Lax", "__Secure-id", "shop.example", "__Secure-id={0}; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=shop.example")]
    public async Task The_cookie_is_as_it_was_set(string sameSite, string name, string? domain, string expected)
    {
        await using var api = await Api.StartAsync(
            Storage.Memory,
            ("Sessions__Cookie__SameSite", sameSite),
            ("Sessions__Cookie__Name", name),
            ("Sessions__Cookie__Domain", domain ?? ""));

        var cookie = (await api.SendAsync(new Request("POST", "sessions"))).Is(201).SetCookie!;
        var token = cookie.Split(';')[0][(name.Length + 1)..];
        Assert.Equal(string.Format(expected, token), cookie);

        var call = new Request("DELETE", "sessions/current").With("Cookie", $"{name}={token}").With("X-CSRF", "1");
        Assert.Equal(expected.Replace("{0}", "; Max-Age=0", StringComparison.Ordinal), (await api.SendAsync(call)).Is(204).SetCookie);
        Assert.Equal("", await api.SnapshotAsync());
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Where_If_Match_is_required_a_change_without_it_is_refused(string method)
    {
        await using var api = await Api.StartAsync(Storage.Memory, ("Sessions__RequireIfMatch", "true"));
        var holder = await api.BearerAsync();
        var call = holder.Request(method, "sessions/current/data", """{"a":1}""");

        (await api.SendAsync(call)).Is(428, "version-required");
        (await api.SendAsync(call.With("If-Match", $"\"{holder.Sid}.7\""))).Is(412, "stale-version");
        Assert.Equal($"\"{holder.Sid}.2\"", (await api.SendAsync(call.With("If-Match", $"\"{holder.Sid}.1\""))).Is(200).ETag);
        (await api.SendAsync(call.With("If-Match", "*"))).Is(200);
        (await holder.TouchAsync()).Is(204);
    }

    [Fact]
    public async Task Bearer_tokens_may_be_allowed_for_pages()
    {
        await using var api = await Api.StartAsync(Storage.Memory, ("Sessions__AllowBearerForBrowsers", "true"));
        var call = new Request("POST", "sessions") { Json = """{"transport":"bearer"}""" };

        Assert.NotNull((await api.SendAsync(call.With("Origin", "https://shop.example"))).Is(201).Token);
    }

    [Fact]
    public async Task Allowed_origins_may_be_a_list()
    {
        await using var api = await Api.StartAsync(
            Storage.Memory, ("Sessions__AllowedOrigins__0", "https://one.example"), ("Sessions__AllowedOrigins__1", "https://two.example"));
        var call = new Request("POST", "sessions");

        (await api.SendAsync(call.With("Origin", "https://one.example"))).Is(201);
        (await api.SendAsync(call.With("Origin", "https://two.example"))).Is(201);
        (await api.SendAsync(call.With("Origin", "https://three.example"))).Is(403);
    }

    [Fact]
    public async Task Data_is_limited_by_the_setting()
    {
        await using var api = await Api.StartAsync(Storage.Memory, ("Sessions__MaxDataBytes", "10"));
        var holder = await api.BearerAsync();

        (await holder.PutAsync("""{"a":1234}""")).Is(200);
        (await holder.PutAsync("""{"a":12345}""")).Is(413, "too-large");
        (await api.SendAsync(new Request("POST", "sessions") { Json = """{"data":{"a":12345}}""" })).Is(413, "too-large");
    }

    [Fact]
    public async Task With_the_provider_memory_no_storage_is_needed_and_each_process_has_sessions_of_its_own()
    {
        (string, string)[] settings = [("Sessions__Storage__Provider", "memory"), ("AzureWebJobsStorage", "")];
        await using var api = await Api.StartAsync(Storage.Memory, settings);
        await using var other = await Api.StartAsync(Storage.Memory, settings);
        (await api.GetAsync("health/ready")).Is(200);

        var holder = await api.BearerAsync("""{"a":1}""");

        Assert.Equal("""{"a":1}""", (await holder.ReadAsync()).Is(200).Data);
        (await (holder with { Api = other }).ReadAsync()).Is(401);
    }
}

using System.Text.Json;

using static SessionFunctions.Tests.Data.DataHost;

namespace SessionFunctions.Tests.Data;

/// <summary>Every name a key may have, and how each comes through the servers between a caller and the function.</summary>
public sealed class KeyAddressTests
{
    public static TheoryData<string> Names =>
    [
        "plain", "UPPER", "a/b", "/a", "a/", "//", "a%2Fb", "a%252Fb", "%", "100%", "%41", "a b", "a+b", "a?b=c", "a#b", "\"'`<>", "back\\slash", "a;b=c,d",
        "grün", "🦊", "e\u0301", "line\nbreak", "\u0001", "...", "..a", "a..", "increment", "x/increment", "data", "sessions/current/data/x", "{key}", "*", "~0~1",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_key_is_the_decoded_segment_of_the_address(string name)
    {
        await using var host = await StartAsync();
        var path = $"{DataPath}/{Uri.EscapeDataString(name)}";

        Assert.Equal(200, (await host.SendAsync("PUT", path, "1")).Status);
        Assert.Equal("""{"value":2}""", (await host.SendAsync("POST", $"{path}/increment")).Body);

        Assert.Equal([name], await NamesIn(host));
        Assert.Equal("2", (await host.GetAsync(path)).Body);
        Assert.Equal(204, (await host.SendAsync("DELETE", path)).Status);
        Assert.Equal("{}", await host.DataAsync());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_Functions_host_rebuilds_the_address_and_the_platform_says_what_it_was(string name)
    {
        await using var host = await StartAsync();
        var sent = $"{DataPath}/{Uri.EscapeDataString(name)}";

        // Kestrel leaves %2F alone, and the forwarder then escapes every % of what it was given.
        var routed = Uri.UnescapeDataString(Uri.EscapeDataString(name).Replace("%2F", "%252F", StringComparison.Ordinal));
        var answer = await host.SendAsync(
            "PUT", $"{DataPath}/{Uri.EscapeDataString(routed)}?x=/", "1", ("x-ms-invocation-id", "1"), ("X-WAWS-Unencoded-URL", $"{sent}?x=/"));

        Assert.Equal(200, answer.Status);
        Assert.Equal([name], await NamesIn(host));
    }

    [Theory]
    [InlineData("a/b", "a/b", "a%2Fb")]
    [InlineData("a%2Fb", "a/b", "a%2Fb")]
    [InlineData("a%2Fb", "a%2Fb", "a%252Fb")]
    [InlineData("%41", "A", "%2541")]
    [InlineData("a/b/c", "a/b%2fc", null)]
    [InlineData("a+b 🦊", "a+b 🦊", null)]
    public async Task Whatever_was_decoded_on_the_way_the_key_is_what_was_meant(string name, string routed, string? sent)
    {
        await using var host = await StartAsync();
        (string, string)[] headers = sent is null ? [] : [("X-WAWS-Unencoded-URL", $"{DataPath}/{sent}")];
        var expected = sent is null ? name : Uri.UnescapeDataString(sent);

        var path = string.Join('/', routed.Split('/').Select(Uri.EscapeDataString));
        Assert.Equal(200, (await host.SendAsync("PUT", $"{DataPath}/{path}", "1", [("x-ms-invocation-id", "1"), .. headers])).Status);

        Assert.Equal([expected], await NamesIn(host));
    }

    [Fact]
    public async Task A_header_that_names_another_key_is_not_believed()
    {
        await using var host = await StartAsync("""{"a":1,"b":2}""");

        var proxied = await host.SendAsync("GET", $"{DataPath}/a", null, ("x-ms-invocation-id", "1"), ("X-WAWS-Unencoded-URL", $"{DataPath}/b"));
        var direct = await host.SendAsync("GET", $"{DataPath}/a", null, ("X-WAWS-Unencoded-URL", $"{DataPath}/b"));

        Assert.Equal((400, "malformed-request"), (proxied.Status, proxied.Problem));
        Assert.Equal("1", direct.Body);
    }

    [Fact]
    public async Task A_key_has_up_to_256_characters_after_decoding()
    {
        await using var host = await StartAsync();
        static string Path(char c, int count) => $"{DataPath}/{Uri.EscapeDataString(new string(c, count))}";

        Assert.Equal(200, (await host.SendAsync("PUT", Path('€', 256), "1")).Status);
        Assert.Equal(422, (await host.SendAsync("PUT", Path('€', 257), "1")).Status);
        Assert.Equal(422, (await host.GetAsync(Path('k', 257))).Status);
    }

    [Theory]
    [InlineData("%FF")]
    [InlineData("%C3")]
    [InlineData("%ED%A0%80")]
    [InlineData("a%")]
    [InlineData("%zz")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    public async Task An_address_that_says_no_key_plainly_is_malformed(string key)
    {
        await using var host = await StartAsync("""{"b":1,"a/b":1}""");

        Assert.Equal(400, (await host.GetAsync($"{DataPath}/{key}")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("%2E")]
    [InlineData("%2e%2E")]
    [InlineData("../../current")]
    [InlineData("../data")]
    public async Task A_key_that_servers_take_for_a_dot_segment_changes_nothing_else(string key)
    {
        await using var host = await StartAsync("""{"a":1}""");

        foreach (var (method, body) in new[] { ("GET", null), ("PUT", "{}"), ("PATCH", """{"a":null}"""), ("DELETE", null), ("POST", null) })
        {
            Assert.InRange((await host.SendAsync(method, $"{DataPath}/{key}", body)).Status, 404, 405);
        }

        Assert.Equal("""{"a":1}""", await host.DataAsync());
    }

    /// <summary>What a browser makes of such a key before anything is sent.</summary>
    [Theory]
    [InlineData("DELETE", "/api/sessions/current/")]
    [InlineData("GET", "/api/sessions/current/")]
    [InlineData("PUT", "/api/sessions/current/data/")]
    [InlineData("PATCH", "/api/sessions/current/data/")]
    public async Task A_slash_at_the_end_is_a_key_that_got_lost(string method, string path)
    {
        await using var host = await StartAsync("""{"a":1}""");

        Assert.Equal(404, (await host.SendAsync(method, path, method[0] == 'P' ? "{}" : null)).Status);
        Assert.Equal("""{"a":1}""", await host.DataAsync());
    }

    private static async Task<IEnumerable<string>> NamesIn(DataHost host) =>
        JsonDocument.Parse(await host.DataAsync()).RootElement.EnumerateObject().Select(member => member.Name).ToArray();
}

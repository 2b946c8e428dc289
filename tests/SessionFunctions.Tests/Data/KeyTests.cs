using System.Text.Json;

using static SessionFunctions.Tests.Data.DataHost;

namespace SessionFunctions.Tests.Data;

public sealed class KeyTests
{
    [Fact]
    public async Task A_key_is_written_read_and_deleted()
    {
        await using var host = await StartAsync("""{"other":true}""");

        var written = await host.SendAsync("PUT", $"{DataPath}/cart", """ ["tea", 1.50] """);
        var read = await host.GetAsync($"{DataPath}/cart");
        var deleted = await host.SendAsync("DELETE", $"{DataPath}/cart");

        Assert.Equal((200, "\"2\"", """{"other":true,"cart":["tea",1.50]}"""), (written.Status, written.ETag, written.Json.GetProperty("data").GetRawText()));
        Assert.Equal((200, "\"2\"", """["tea",1.50]"""), (read.Status, read.ETag, read.Body));
        Assert.Equal((204, "\"3\"", ""), (deleted.Status, deleted.ETag, deleted.Body));
        Assert.Equal("""{"other":true}""", await host.DataAsync());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("\"\"")]
    [InlineData("-0.10e5")]
    [InlineData("{\"a\":[{}]}")]
    public async Task Any_JSON_value_is_kept_as_it_is(string value)
    {
        await using var host = await StartAsync();

        Assert.Equal(200, (await host.SendAsync("PUT", $"{DataPath}/k", value)).Status);

        Assert.Equal(value, (await host.GetAsync($"{DataPath}/k")).Body);
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_not_found_and_nothing_changes()
    {
        await using var host = await StartAsync("""{"a":{"b":1}}""");

        Assert.Equal((404, "not-found"), await StatusOf(host.GetAsync($"{DataPath}/b")));
        Assert.Equal((404, "not-found"), await StatusOf(host.SendAsync("DELETE", $"{DataPath}/b")));
        Assert.Equal("\"1\"", (await host.GetAsync(Current)).ETag);
    }

    [Theory]
    [InlineData("", 400, "malformed-request")]
    [InlineData("{", 400, "malformed-request")]
    [InlineData("1 2", 400, "malformed-request")]
    [InlineData("""{"a":1,"a":2}""", 400, "malformed-request")]
    public async Task A_body_that_is_no_JSON_value_is_malformed(string body, int status, string problem)
    {
        await using var host = await StartAsync();

        Assert.Equal((status, problem), await StatusOf(host.SendAsync("PUT", $"{DataPath}/k", body)));
    }

    [Fact]
    public async Task A_value_keeps_the_limits_of_the_data_around_it()
    {
        await using var host = await StartAsync(settings: ("Sessions:MaxDataBytes", "100"));
        static string Nested(int levels) => new string('[', levels) + new string(']', levels);

        Assert.Equal(200, (await host.SendAsync("PUT", $"{DataPath}/k", Nested(31))).Status);
        Assert.Equal((422, "not-allowed"), await StatusOf(host.SendAsync("PUT", $"{DataPath}/k", Nested(32))));
        Assert.Equal((413, "too-large"), await StatusOf(host.SendAsync("PUT", $"{DataPath}/k", $"\"{new string('x', 100)}\"")));
        Assert.Equal((415, "wrong-media-type"), await StatusOf(host.SendAsync("PUT", $"{DataPath}/k", "1", ("Content-Type", "text/plain"))));
    }

    [Fact]
    public async Task A_read_can_be_conditional_and_leave_the_session_untouched()
    {
        await using var host = await StartAsync("""{"k":1}""", ("Sessions:SlideGranularity", "0"));
        var before = (await host.GetAsync($"{Current}?touch=false")).Json.GetProperty("lastSeenAt").GetString();

        var same = await host.SendAsync("GET", $"{DataPath}/k?touch=false", null, ("If-None-Match", "\"1\""));
        var newer = await host.SendAsync("GET", $"{DataPath}/k?touch=false", null, ("If-None-Match", "\"0\""));

        Assert.Equal((304, "\"1\"", ""), (same.Status, same.ETag, same.Body));
        Assert.Equal((200, "1"), (newer.Status, newer.Body));
        Assert.Equal((400, "malformed-request"), await StatusOf(host.GetAsync($"{DataPath}/k?touch=no")));
        Assert.Equal(before, (await host.GetAsync($"{Current}?touch=false")).Json.GetProperty("lastSeenAt").GetString());
    }

    [Theory]
    [InlineData("PUT", "/k", "2")]
    [InlineData("DELETE", "/k", null)]
    [InlineData("POST", "/k/increment", null)]
    public async Task A_change_meant_for_another_version_is_stale(string method, string path, string? body)
    {
        await using var host = await StartAsync("""{"k":1}""");

        Assert.Equal((412, "stale-version"), await StatusOf(host.SendAsync(method, DataPath + path, body, ("If-Match", "\"7\""))));
        Assert.Equal("\"1\"", (await host.GetAsync(Current)).ETag);
        Assert.Equal("\"2\"", (await host.SendAsync(method, DataPath + path, body, ("If-Match", "\"1\""))).ETag);
    }

    [Theory]
    [InlineData("PUT", "/k", "2")]
    [InlineData("DELETE", "/k", null)]
    [InlineData("POST", "/k/increment", null)]
    public async Task Where_versions_are_required_a_change_without_one_is_refused(string method, string path, string? body)
    {
        await using var host = await StartAsync("""{"k":1}""", ("Sessions:RequireIfMatch", "true"));

        Assert.Equal((428, "version-required"), await StatusOf(host.SendAsync(method, DataPath + path, body)));
    }

    [Fact]
    public async Task Without_a_session_there_is_no_key()
    {
        await using var host = await StartAsync("""{"k":1}""");
        await host.SendAsync("DELETE", Current);

        Assert.Equal((401, "not-authenticated"), await StatusOf(host.GetAsync($"{DataPath}/k")));
        Assert.Equal((401, "not-authenticated"), await StatusOf(host.SendAsync("PUT", $"{DataPath}/k", "1")));
        Assert.Equal((401, "not-authenticated"), await StatusOf(host.SendAsync("POST", $"{DataPath}/k/increment")));
    }

    [Fact]
    public async Task Twenty_five_callers_count_and_write_at_the_same_instant()
    {
        await using var host = await StartAsync();
        var calls = Enumerable.Range(0, 25).SelectMany(i => new[]
        {
            host.SendAsync("POST", $"{DataPath}/hits/increment", """{"by":0.1}"""),
            host.SendAsync("PUT", $"{DataPath}/{i}", $"{i}"),
        });

        var answers = await Task.WhenAll(calls);

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(25, answers.Where(answer => answer.Body.StartsWith("{\"value\"", StringComparison.Ordinal)).DistinctBy(answer => answer.Body).Count());
        var data = JsonDocument.Parse(await host.DataAsync()).RootElement;
        Assert.Equal("2.5", data.GetProperty("hits").GetRawText());
        Assert.Equal(26, data.EnumerateObject().Count());
    }

    private static async Task<(int Status, string Problem)> StatusOf(Task<RawAnswer> call)
    {
        var answer = await call;
        return (answer.Status, answer.Problem);
    }
}

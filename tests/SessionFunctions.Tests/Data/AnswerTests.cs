using static SessionFunctions.Tests.Data.DataHost;

namespace SessionFunctions.Tests.Data;

/// <summary>How much of an answer a caller gets: increments, Prefer and fields.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData("""{"by":2.5}""", """{"value":3.5}""")]
    [InlineData("""{"by":-1}""", """{"value":0}""")]
    [InlineData("", """{"value":2}""")]
    [InlineData(null, """{"value":2}""")]
    public async Task An_increment_answers_with_the_sum(string? body, string expected)
    {
        await using var host = await StartAsync("""{"n":1}""");

        var answer = await host.SendAsync("POST", $"{DataPath}/n/increment", body);

        Assert.Equal((200, "\"2\"", expected), (answer.Status, answer.ETag, answer.Body));
    }

    [Theory]
    [InlineData("n", "{}", 422)]
    [InlineData("n", """{"by":"1"}""", 422)]
    [InlineData("n", """{"by":null}""", 422)]
    [InlineData("n", """{"by":1,"max":3}""", 422)]
    [InlineData("n", """{"By":1}""", 422)]
    [InlineData("n", """{"by":1e300}""", 422)]
    [InlineData("n", "[1]", 422)]
    [InlineData("n", "{", 400)]
    [InlineData("text", """{"by":1}""", 422)]
    public async Task An_increment_that_makes_no_sense_changes_nothing(string key, string body, int status)
    {
        await using var host = await StartAsync("""{"n":1,"text":"1"}""");

        Assert.Equal(status, (await host.SendAsync("POST", $"{DataPath}/{key}/increment", body)).Status);
        Assert.Equal("\"1\"", (await host.GetAsync(Current)).ETag);
    }

    [Fact]
    public async Task An_increment_takes_JSON_and_only_that_address_counts()
    {
        await using var host = await StartAsync();

        Assert.Equal(415, (await host.SendAsync("POST", $"{DataPath}/n/increment", "by=1", ("Content-Type", "application/x-www-form-urlencoded"))).Status);
        Assert.Equal(404, (await host.SendAsync("POST", $"{DataPath}/n")).Status);
        Assert.Equal(404, (await host.SendAsync("POST", $"{DataPath}/increment")).Status);
        Assert.Equal("""{"value":1}""", (await host.SendAsync("POST", $"{DataPath}/increment/increment")).Body);
    }

    [Theory]
    [InlineData("PUT", "", """{"k":2}""")]
    [InlineData("PATCH", "", """{"k":2}""")]
    [InlineData("PUT", "/k", "2")]
    [InlineData("POST", "/k/increment", "")]
    public async Task A_caller_who_prefers_a_minimal_answer_gets_the_version_only(string method, string path, string body)
    {
        await using var host = await StartAsync("""{"k":1}""");

        var answer = await host.SendAsync(method, DataPath + path, body, ("Prefer", "respond-async, return=minimal; x=1"));

        Assert.Equal((204, "\"2\"", ""), (answer.Status, answer.ETag, answer.Body));
        Assert.Equal("return=minimal", answer.Header("Preference-Applied"));
        Assert.Equal("""{"k":2}""", await host.DataAsync());
    }

    [Theory]
    [InlineData("return=representation")]
    [InlineData("return=representation, return=minimal")]
    [InlineData("return")]
    [InlineData("x-return=minimal")]
    public async Task Any_other_preference_is_none_that_is_applied(string prefer)
    {
        await using var host = await StartAsync();

        var answer = await host.SendAsync("PUT", $"{DataPath}/k", "1", ("Prefer", prefer));

        Assert.Equal((200, null), (answer.Status, answer.Header("Preference-Applied")));
    }

    [Theory]
    [InlineData("Return=\"Minimal\"")]
    [InlineData("return = minimal")]
    [InlineData("wait=1,return=minimal,return=representation")]
    public async Task A_preference_is_read_in_every_spelling(string prefer)
    {
        await using var host = await StartAsync();

        Assert.Equal(204, (await host.SendAsync("PUT", $"{DataPath}/k", "1", ("Prefer", prefer))).Status);
    }

    [Fact]
    public async Task A_refusal_is_shown_in_full_whatever_is_preferred()
    {
        await using var host = await StartAsync();

        Assert.Equal("malformed-request", (await host.SendAsync("PUT", $"{DataPath}/k", "{", ("Prefer", "return=minimal"))).Problem);
    }

    [Theory]
    [InlineData("version", """{"version":1}""")]
    [InlineData("data,version", """{"version":1,"data":{"k":1}}""")]
    [InlineData("claims,%20claims", """{"claims":{}}""")]
    [InlineData("persistent&fields=lifetime", """{"persistent":false,"lifetime":28800}""")]
    public async Task A_read_shows_the_fields_that_are_asked_for(string fields, string body)
    {
        await using var host = await StartAsync("""{"k":1}""");

        var answer = await host.GetAsync($"{Current}?fields={fields}");

        Assert.Equal((200, "\"1\"", body), (answer.Status, answer.ETag, answer.Body));
    }

    [Theory]
    [InlineData("token")]
    [InlineData("Data")]
    [InlineData("data,")]
    [InlineData("")]
    public async Task A_field_that_is_not_known_is_refused_with_those_that_are(string fields)
    {
        await using var host = await StartAsync();

        var answer = await host.GetAsync($"{Current}?fields={fields}");

        Assert.Equal((400, "malformed-request"), (answer.Status, answer.Problem));
        Assert.Contains("sid, version, data, claims", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_with_fields_can_be_conditional()
    {
        await using var host = await StartAsync();

        Assert.Equal(304, (await host.SendAsync("GET", $"{Current}?fields=data&touch=false", null, ("If-None-Match", "\"1\""))).Status);
    }
}

using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Operate;

/// <summary>PATCH /manage/sessions/{sid}/claims, which the holder reads and can't write.</summary>
public abstract class ClaimsSuite(Storage storage) : OperatorSuite(storage)
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/merge-patch+json; charset=utf-8")]
    public async Task Claims_are_merged_and_the_holder_reads_them(string mediaType)
    {
        var holder = await Operator.CreateAsync("ada", ""","claims":{"a":1,"b":2},"data":{"d":1}""");

        var answer = (await Api.SendAsync(Patch(holder, """{"b":null,"c":{"x":null,"y":3}}""") with { MediaType = mediaType })).Is(200);

        Assert.Equal("\"2\"", answer.ETag);
        Assert.Null(answer.Token);
        var session = (await holder.ReadAsync()).Is(200);
        Assert.Equal(("""{"a":1,"c":{"y":3}}""", """{"d":1}"""), (session.Json.GetProperty("claims").GetRawText(), session.Data));
    }

    [Fact]
    public async Task The_holder_has_no_way_to_write_them()
    {
        var holder = await Operator.CreateAsync("ada", ""","claims":{"role":"user"}""");

        (await holder.PutAsync("""{"claims":{"role":"admin"}}""")).Is(200);
        (await holder.SendAsync("PATCH", "sessions/current/claims", """{"role":"admin"}""")).Is(404);
        (await Api.SendAsync(new Request("POST", "sessions") { Json = """{"claims":{"role":"admin"}}""" })).Is(422);
        (await Api.SendAsync(new Request("PATCH", $"manage/sessions/{holder.Sid}/claims") { Json = "{}", Bearer = holder.Token })).Is(401);

        Assert.Equal("""{"role":"user"}""", (await holder.ReadAsync()).Json.GetProperty("claims").GetRawText());
    }

    [Fact]
    public async Task A_change_can_be_tied_to_the_version_that_was_read()
    {
        var holder = await Operator.CreateAsync("ada");

        (await Api.SendAsync(Patch(holder, """{"a":1}""").With("If-Match", "\"1\""))).Is(200);
        (await Api.SendAsync(Patch(holder, """{"a":2}""").With("If-Match", "\"1\""))).Is(412, "stale-version");
        (await Api.SendAsync(Patch(holder, """{"a":2}""").With("If-Match", "W/\"2\""))).Is(412);
        (await Api.SendAsync(Patch(holder, """{"a":2}""").With("If-Match", "2"))).Is(400, "malformed-request");
        (await Api.SendAsync(Patch(holder, """{"a":2}""").With("If-Match", "*"))).Is(200);
    }

    [Theory]
    [InlineData("{}", "text/plain", 415)]
    [InlineData("{}", "", 415)]
    [InlineData("[]", "application/json-patch+json", 415)]
    [InlineData("{}", "application/json; charset=utf-16", 415)]
    [InlineData("", "application/json", 400)]
    [InlineData("{", "application/json", 400)]
    [InlineData("{\"a\":1,\"a\":2}", "application/json", 400)]
    [InlineData("{\"a\":\"\\ud83e\"}", "application/json", 400)]
    [InlineData("[]", "application/json", 422)]
    [InlineData("null", "application/json", 422)]
    [InlineData("\"x\"", "application/json", 422)]
    public async Task A_bad_body_is_refused_and_changes_nothing(string body, string mediaType, int status)
    {
        var holder = await Operator.CreateAsync("ada", ""","claims":{"a":1}""");
        var before = await Api.SnapshotAsync();

        (await Api.SendAsync(Patch(holder, body) with { MediaType = mediaType })).Is(status);

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task Claims_over_their_limit_are_too_large_alone_or_together_with_those_there_are()
    {
        var half = new string('x', 9 * 1024);
        var holder = await Operator.CreateAsync("ada", $$""","claims":{"a":"{{half}}"}""");

        (await Api.SendAsync(Patch(holder, $$"""{"b":"{{half}}"}"""))).Is(413, "too-large");
        (await Api.SendAsync(Patch(holder, $$"""{"b":"{{new string('x', 200 * 1024)}}"}"""))).Is(413, "too-large");
        (await RedeemAsync(holder, await Operator.TicketAsync(holder.Sid, "ada", $$""","claims":{"b":"{{half}}"}"""))).Is(413);
        (await Api.SendAsync(Patch(holder, $$"""{"a":"{{half}}"}"""))).Is(200);
    }

    private Request Patch(Holder holder, string body) => Operator.Request("PATCH", $"manage/sessions/{holder.Sid}/claims", body);
}

using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Operate;

/// <summary>/manage/sessions: what the operator can do with one session.</summary>
public abstract class OperatorSessionSuite(Storage storage) : OperatorSuite(storage)
{
    [Fact]
    public async Task A_session_is_made_for_a_user_with_claims_and_the_answer_has_the_token()
    {
        var answer = await Operator.SendAsync("POST", "manage/sessions", """{"user":"ada","claims":{"role":"admin"},"data":{"a":1},"idleTimeout":60}""");

        answer.Is(201);
        var holder = new Holder(Api, answer.Token!, ByCookie: false);
        Assert.Equal($"/api/manage/sessions/{holder.Sid}", answer.Header("Location"));
        Assert.Null(answer.SetCookie);
        var session = (await holder.ReadAsync()).Is(200).Json;
        Assert.Equal(("ada", "{\"role\":\"admin\"}", 60), (session.GetProperty("user").GetString(), session.GetProperty("claims").GetRawText(), session.GetProperty("idleTimeout").GetInt32()));
        Assert.Equal([holder.Sid], await Operator.SidsAsync("ada"));
    }

    [Fact]
    public async Task Without_a_body_it_is_nobodys()
    {
        var answer = (await Operator.SendAsync("POST", "manage/sessions")).Is(201);

        Assert.False(answer.Json.TryGetProperty("user", out _));
        Assert.True(await new Holder(Api, answer.Token!, ByCookie: false).IsLetInAsync());
    }

    [Theory]
    [InlineData("""{"transport":"cookie"}""", 422)]
    [InlineData("""{"user":["ada"]}""", 422)]
    [InlineData("""{"claims":null,"claims":{}}""", 400)]
    [InlineData("""{"idleTimeout":0}""", 422)]
    [InlineData("""{"lifetime":1e400}""", 422)]
    [InlineData("{\"user\":\"ada\"}\u0000", 400)]
    public async Task What_may_not_be_asked_for_makes_no_session(string body, int status)
    {
        (await Operator.SendAsync("POST", "manage/sessions", body)).Is(status);

        Assert.Equal("", await Api.SnapshotAsync());
    }

    [Fact]
    public async Task Claims_are_limited_apart_from_data()
    {
        var claims = $$"""{"a":"{{new string('x', 16 * 1024)}}"}""";

        (await Operator.SendAsync("POST", "manage/sessions", $$"""{"claims":{{claims}}}""")).Is(413, "too-large");
        (await Operator.SendAsync("POST", "manage/sessions", $$"""{"data":{{claims}}}""")).Is(201);
    }

    [Fact]
    public async Task The_operator_reads_a_session_without_its_token_and_without_keeping_it_alive()
    {
        var holder = await Api.BearerAsync("""{"a":1}""");
        Api.Clock.Advance(TimeSpan.FromMinutes(10));
        var before = await Api.SnapshotAsync();

        var answer = (await Operator.SendAsync("GET", $"manage/sessions/{holder.Sid}")).Is(200);

        Assert.Equal((holder.Sid, """{"a":1}""", "\"1\""), (answer.Json.GetProperty("sid").GetString(), answer.Data, answer.ETag));
        Assert.Null(answer.Token);
        Assert.DoesNotContain(holder.Secret, answer.Body, StringComparison.Ordinal);
        Assert.Equal(before, await Api.SnapshotAsync());
        (await Api.SendAsync(Operator.Request("GET", $"manage/sessions/{holder.Sid}").With("If-None-Match", "\"1\""))).Is(304);
    }

    [Fact]
    public async Task A_revoked_session_opens_nothing_and_revoking_it_again_is_fine()
    {
        var holder = await Operator.CreateAsync("ada");

        (await Operator.SendAsync("DELETE", $"manage/sessions/{holder.Sid}")).Is(204);
        (await Operator.SendAsync("DELETE", $"manage/sessions/{holder.Sid}")).Is(204);

        (await holder.ReadAsync()).Is(401);
        (await Operator.SendAsync("GET", $"manage/sessions/{holder.Sid}")).Is(404, "not-found");
        Assert.Equal("", await Api.SnapshotAsync());
    }

    [Theory]
    [InlineData(Unknown)]
    [InlineData("nonsense")]
    [InlineData("%F0%9F%A6%8A")]
    [InlineData("%25")]
    public async Task An_unknown_id_is_missing_and_changes_nothing(string sid)
    {
        await Api.BearerAsync();
        var before = await Api.SnapshotAsync();

        (await Operator.SendAsync("GET", $"manage/sessions/{sid}")).Is(404, "not-found");
        (await Operator.SendAsync("PATCH", $"manage/sessions/{sid}/claims", "{}")).Is(404, "not-found");
        (await Operator.SendAsync("DELETE", $"manage/sessions/{sid}")).Is(204);

        Assert.Equal(before, await Api.SnapshotAsync());
    }
}

using System.Text.Json;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Use;

/// <summary>GET /sessions/current.</summary>
public abstract class ReadSuite(Storage storage) : ApiSuite(storage)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_holder_reads_the_session_and_gets_no_token(bool byCookie)
    {
        var holder = await HolderAsync(byCookie, """{"a":1}""");

        var answer = (await holder.ReadAsync()).Is(200);

        Assert.Equal((holder.Sid, """{"a":1}""", "\"1\""), (answer.Json.GetProperty("sid").GetString(), answer.Data, answer.ETag));
        Assert.Null(answer.Token);
        Assert.Null(answer.SetCookie);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("W/\"1\"")]
    [InlineData("\"0\", \"1\"")]
    [InlineData("*")]
    public async Task With_the_version_it_has_a_client_gets_304_and_no_body(string ifNoneMatch)
    {
        var holder = await Api.BearerAsync();

        var answer = (await Api.SendAsync(holder.Request("GET", "sessions/current").With("If-None-Match", ifNoneMatch))).Is(304);

        Assert.Equal(("\"1\"", ""), (answer.ETag, answer.Body));
    }

    [Theory]
    [InlineData("\"2\"")]
    [InlineData("\"01\"")]
    [InlineData("1")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task With_another_version_or_none_it_gets_the_session(string ifNoneMatch)
    {
        var holder = await Api.BearerAsync();

        (await Api.SendAsync(holder.Request("GET", "sessions/current").With("If-None-Match", ifNoneMatch))).Is(200);
    }

    [Fact]
    public async Task After_a_change_the_version_it_had_is_another()
    {
        var holder = await Api.BearerAsync();
        await holder.PatchAsync("""{"a":1}""");

        var answer = await Api.SendAsync(holder.Request("GET", "sessions/current").With("If-None-Match", "\"1\""));

        Assert.Equal("\"2\"", answer.Is(200).ETag);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?touch=true")]
    public async Task A_read_is_a_use_and_moves_the_deadline(string query)
    {
        var holder = await Api.BearerAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(21));

        var session = (await holder.ReadAsync(query)).Is(200).Json;

        Assert.Equal(("2030-01-01T00:21:00Z", "2030-01-01T00:43:00Z"), (Text(session, "lastSeenAt"), Text(session, "expiresAt")));
        Assert.Equal(1, session.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_304_is_a_use_too()
    {
        var holder = await Api.BearerAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(21));
        await Api.SendAsync(holder.Request("GET", "sessions/current").With("If-None-Match", "\"1\""));
        Api.Clock.Advance(TimeSpan.FromMinutes(21));

        Assert.True(await holder.IsLetInAsync());
    }

    [Fact]
    public async Task A_look_without_touch_moves_nothing()
    {
        var holder = await Api.BearerAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(21));
        var before = await Api.SnapshotAsync();

        var session = (await holder.ReadAsync("?touch=false")).Is(200).Json;

        Assert.Equal("2030-01-01T00:22:00Z", Text(session, "expiresAt"));
        Assert.Equal(before, await Api.SnapshotAsync());
        Api.Clock.Advance(TimeSpan.FromMinutes(1));
        (await holder.ReadAsync()).Is(401, "not-authenticated");
    }

    [Theory]
    [InlineData("?touch=no")]
    [InlineData("?touch=0")]
    [InlineData("?touch=false&touch=true")]
    public async Task A_touch_that_is_neither_is_malformed(string query) =>
        (await (await Api.BearerAsync()).ReadAsync(query)).Is(400, "malformed-request");

    [Fact]
    public async Task Other_cookies_are_none_of_ours()
    {
        var holder = await Api.CookieAsync();
        var call = new Request("GET", "sessions/current");

        (await Api.SendAsync(call.With("Cookie", $"a=1; __Host-session={holder.Token}; __Host-session2=x; x__Host-session=y"))).Is(200);
        (await Api.SendAsync(call.With("Cookie", $"__host-session={holder.Token}"))).Is(401); // names have case
        (await Api.SendAsync(call.With("Cookie", "__Host-session"))).Is(401);
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("Bearer ")]
    public async Task The_schemes_name_has_no_case(string scheme)
    {
        var holder = await Api.BearerAsync();

        (await Api.SendAsync(new Request("GET", "sessions/current").With("Authorization", $"{scheme} {holder.Token}"))).Is(200);
        (await Api.SendAsync(new Request("GET", "sessions/current").With("Authorization", $"Basic {holder.Token}"))).Is(401);
        (await Api.SendAsync(new Request("GET", "sessions/current").With("Authorization", holder.Token))).Is(401);
    }

    private static string? Text(JsonElement session, string name) => session.GetProperty(name).GetString();
}

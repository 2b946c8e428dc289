using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Data;

/// <summary>PUT and PATCH /sessions/current/data.</summary>
public abstract class ChangeSuite(Storage storage) : ApiSuite(storage)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_put_replaces_the_data_and_counts_the_version(bool byCookie)
    {
        var holder = await HolderAsync(byCookie, """{"a":1}""");

        var answer = (await holder.PutAsync(""" { "b" : 2 } """)).Is(200);

        Assert.Equal(("""{"b":2}""", "\"2\"", 2), (answer.Data, answer.ETag, answer.Json.GetProperty("version").GetInt32()));
        Assert.Equal(("""{"b":2}""", "\"2\""), (await DataOf(holder), (await holder.ReadAsync()).ETag));
    }

    [Theory]
    [InlineData("application/merge-patch+json")]
    [InlineData("application/json")]
    [InlineData("Application/Merge-Patch+JSON; charset=UTF-8")]
    [InlineData("application/json;charset=\"utf-8\"")]
    public async Task A_patch_merges(string mediaType)
    {
        var holder = await Api.BearerAsync("""{"a":1,"b":{"c":2,"d":3}}""");

        var call = holder.Request("PATCH", "sessions/current/data", """{"a":null,"b":{"c":4}}""") with { MediaType = mediaType };
        var answer = (await Api.SendAsync(call)).Is(200);

        Assert.Equal(("""{"b":{"c":4,"d":3}}""", "\"2\""), (answer.Data, answer.ETag));
        Assert.Equal(answer.Data, await DataOf(holder));
    }

    [Fact]
    public async Task A_change_is_a_use_and_moves_the_deadline_at_once()
    {
        var holder = await Api.BearerAsync();
        Api.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("2030-01-01T00:22:01Z", (await holder.PatchAsync("{}")).Is(200).Json.GetProperty("expiresAt").GetString());
    }

    [Theory]
    [InlineData("\"2\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("W/\"1\", \"2\"")]
    [InlineData("\"nonsense\", \"2\"")]
    [InlineData("*")]
    public async Task If_Match_with_the_current_version_lets_a_change_through(string ifMatch)
    {
        var holder = await AtVersion2Async();

        Assert.Equal("\"3\"", (await ChangeAsync(holder, ifMatch)).Is(200).ETag);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("\"3\"")]
    [InlineData("\"0\", \"1\"")]
    [InlineData("W/\"2\"")] // a weak tag never matches: RFC 9110, section 13.1.1
    [InlineData("W/\"1\", W/\"2\"")]
    [InlineData("w/\"2\"")]
    [InlineData("\"nonsense\"")]
    [InlineData("\"\"")]
    [InlineData("\"02\"")]
    [InlineData("\"+2\"")]
    [InlineData("\" 2\"")]
    public async Task If_Match_without_it_stops_a_change_as_stale(string ifMatch)
    {
        var holder = await AtVersion2Async();
        var before = await Api.SnapshotAsync();

        (await ChangeAsync(holder, ifMatch)).Is(412, "stale-version");

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Theory]
    [InlineData("2")]
    [InlineData("\"2")]
    [InlineData("\"1\", 2")]
    [InlineData("'2'")]
    [InlineData("")]
    public async Task If_Match_that_is_no_list_of_tags_is_malformed(string ifMatch)
    {
        var holder = await AtVersion2Async();
        var before = await Api.SnapshotAsync();

        (await ChangeAsync(holder, ifMatch)).Is(400, "malformed-request");

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task Of_two_clients_with_the_same_version_one_wins()
    {
        var holder = await Api.BearerAsync();

        var answers = await Task.WhenAll(ChangeAsync(holder, "\"1\""), ChangeAsync(holder, "\"1\""));

        Assert.Equal([200, 412], answers.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task Data_may_have_as_many_bytes_as_is_set_and_no_more()
    {
        var holder = await Api.BearerAsync();

        (await holder.PutAsync(Data(256 * 1024))).Is(200);
        (await holder.PutAsync(Data((256 * 1024) + 1))).Is(413, "too-large");
        (await holder.PatchAsync("""{"b":1}""")).Is(413, "too-large");

        Assert.Equal(Data(256 * 1024), await DataOf(holder));

        static string Data(int length) => $$"""{"a":"{{new string('x', length - 8)}}"}""";
    }

    [Fact]
    public async Task White_space_around_the_data_does_not_count()
    {
        var holder = await Api.BearerAsync();

        (await holder.PutAsync($$"""{"a":{{new string(' ', 300_000)}}1}""")).Is(200);

        Assert.Equal("""{"a":1}""", await DataOf(holder));
    }

    private static Task<Answer> ChangeAsync(Holder holder, string ifMatch) =>
        holder.Api.SendAsync(holder.Request("PATCH", "sessions/current/data", """{"n":3}""").With("If-Match", ifMatch));

    private static async Task<string> DataOf(Holder holder) => (await holder.ReadAsync()).Is(200).Data;

    private async Task<Holder> AtVersion2Async()
    {
        var holder = await Api.BearerAsync();
        (await holder.PutAsync("""{"n":2}""")).Is(200);
        return holder;
    }
}

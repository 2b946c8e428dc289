using System.Text;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>Bodies that no client should send: each has its answer, and changes nothing.</summary>
public abstract class BadBodySuite(Storage storage) : ApiSuite(storage)
{
    private const string Depth33 = "33 levels";
    private const string FiveMegabytes = "5 MB";
    private const string NotUtf8 = "not UTF-8";

    /// <summary>A body, and the answer to it where data is expected.</summary>
    public static TheoryData<string, int, string> Bodies => new()
    {
        { "{", 400, "malformed-request" },
        { "}", 400, "malformed-request" },
        { "{\"a\":1,}", 400, "malformed-request" },
        { "{'a':1}", 400, "malformed-request" },
        { "{\"a\":NaN}", 400, "malformed-request" },
        { "{\"a\":1} {\"b\":2}", 400, "malformed-request" },
        { "{\"a\":1} // comment", 400, "malformed-request" },
        { "\ufeff{\"a\":1}", 400, "malformed-request" },
        { "<a/>", 400, "malformed-request" },
        { "{\"a\":1,\"a\":2}", 400, "malformed-request" },
        { "{\"a\":1,\"\\u0061\":2}", 400, "malformed-request" },
        { "{\"a\":{\"b\":1,\"b\":1}}", 400, "malformed-request" },
        { "{\"a\":\"\\ud83e\"}", 400, "malformed-request" },
        { NotUtf8, 400, "malformed-request" },
        { "[]", 422, "not-allowed" },
        { "[{\"a\":1}]", 422, "not-allowed" },
        { "null", 422, "not-allowed" },
        { "true", 422, "not-allowed" },
        { "1", 422, "not-allowed" },
        { "\"{}\"", 422, "not-allowed" },
        { Depth33, 422, "not-allowed" },
        { FiveMegabytes, 413, "too-large" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused_and_changes_nothing(string body, int status, string problem)
    {
        var holder = await Api.BearerAsync("""{"kept":true}""");
        var before = await Api.SnapshotAsync();

        foreach (var method in (string[])["PUT", "PATCH"])
        {
            var answer = await Api.SendAsync(holder.Request(method, "sessions/current/data") with { Bytes = BytesOf(body) });
            answer.Is(status, problem);
        }

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Nor_does_it_make_a_session(string body, int status, string problem)
    {
        (await Api.SendAsync(new Request("POST", "sessions") { Bytes = BytesOf(body) })).Is(status, problem);
        (await Api.SendAsync(new Request("POST", "sessions") { Bytes = [.. "{\"data\":"u8, .. BytesOf(body), .. "}"u8] })).Is(
            body == "null" ? 201 : status == 413 ? 413 : status,
            body == "null" ? null : problem);

        Assert.Equal(body == "null" ? 2 : 0, (await Api.SnapshotAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task No_body_is_malformed_where_one_is_needed(string method)
    {
        var holder = await Api.BearerAsync();

        (await Api.SendAsync(holder.Request(method, "sessions/current/data") with { Json = "" })).Is(400, "malformed-request");
        (await Api.SendAsync(holder.Request(method, "sessions/current/data") with { Json = " " })).Is(400, "malformed-request");
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonp")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("json")]
    [InlineData(",")]
    public async Task A_body_of_another_media_type_is_refused_and_changes_nothing(string mediaType)
    {
        var holder = await Api.BearerAsync();
        var before = await Api.SnapshotAsync();

        (await Api.SendAsync(holder.Request("PUT", "sessions/current/data", "{}") with { MediaType = mediaType })).Is(415, "wrong-media-type");
        (await Api.SendAsync(holder.Request("PATCH", "sessions/current/data", "{}") with { MediaType = mediaType })).Is(415, "wrong-media-type");
        (await Api.SendAsync(new Request("POST", "sessions") { Json = "{}", MediaType = mediaType })).Is(415, "wrong-media-type");

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task A_merge_patch_is_no_replacement() =>
        (await Api.SendAsync((await Api.BearerAsync()).Request("PUT", "sessions/current/data", "{}") with { MediaType = "application/merge-patch+json" }))
            .Is(415, "wrong-media-type");

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Thirty_two_levels_are_not_too_deep(string method)
    {
        var holder = await Api.BearerAsync();

        Assert.Equal(Nested(32), (await holder.SendAsync(method, "sessions/current/data", Nested(32))).Is(200).Data);
        Assert.Equal(Nested(32), (await (await Api.BearerAsync(Nested(32))).ReadAsync()).Is(200).Data);
    }

    private static byte[] BytesOf(string body) => body switch
    {
        Depth33 => Encoding.UTF8.GetBytes(Nested(33)),
        FiveMegabytes => Encoding.UTF8.GetBytes($$"""{"a":"{{new string('x', 5 * 1024 * 1024)}}"}"""),
        NotUtf8 => [.. "{\"a\":\""u8, 0xff, .. "\"}"u8],
        _ => Encoding.UTF8.GetBytes(body),
    };

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);
}

using static SessionFunctions.Tests.Data.DataHost;

namespace SessionFunctions.Tests.Data;

public sealed class PatchTests
{
    private static readonly (string, string) JsonPatch = ("Content-Type", "application/json-patch+json");

    [Fact]
    public async Task A_JSON_Patch_is_applied_as_one_change()
    {
        await using var host = await StartAsync("""{"list":[1,3],"old":true}""");

        var answer = await host.SendAsync(
            "PATCH", DataPath, """[{"op":"test","path":"/list/1","value":3.0},{"op":"add","path":"/list/1","value":2},{"op":"remove","path":"/old"}]""", JsonPatch);

        Assert.Equal((200, "\"2\"", """{"list":[1,2,3]}"""), (answer.Status, answer.ETag, answer.Json.GetProperty("data").GetRawText()));
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/b","value":1},{"op":"test","path":"/a","value":2}]""", 409, "conflict")]
    [InlineData("""[{"op":"add","path":"/b","value":1},{"op":"remove","path":"/c"}]""", 409, "conflict")]
    [InlineData("""[{"op":"add","path":"/b","value":1},{"op":"replace","path":"","value":[]}]""", 422, "not-allowed")]
    [InlineData("""[{"op":"add","path":"/b","value":1},{"op":"move","from":"/a","path":"/a/b"}]""", 422, "not-allowed")]
    [InlineData("""[{"op":"add","path":"/b","value":1},{"op":"add","path":"/c"}]""", 400, "malformed-request")]
    [InlineData("""{"a":2}""", 400, "malformed-request")]
    [InlineData("[", 400, "malformed-request")]
    public async Task A_patch_that_fails_changes_nothing(string patch, int status, string problem)
    {
        await using var host = await StartAsync("""{"a":1}""");

        var answer = await host.SendAsync("PATCH", DataPath, patch, JsonPatch);

        Assert.Equal((status, problem), (answer.Status, answer.Problem));
        var session = await host.GetAsync(Current);
        Assert.Equal(("\"1\"", """{"a":1}"""), (session.ETag, session.Json.GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task The_data_a_patch_makes_keeps_the_limits()
    {
        await using var host = await StartAsync("""{"a":"0123456789012345678901234567890123456789"}""", ("Sessions:MaxDataBytes", "64"));

        Assert.Equal(413, (await host.SendAsync("PATCH", DataPath, """[{"op":"copy","from":"/a","path":"/b"}]""", JsonPatch)).Status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/merge-patch+json")]
    public async Task Other_patches_are_still_merged(string mediaType)
    {
        await using var host = await StartAsync("""{"a":1,"b":2}""");

        await host.SendAsync("PATCH", DataPath, """{"a":null,"c":3}""", ("Content-Type", mediaType));

        Assert.Equal("""{"b":2,"c":3}""", await host.DataAsync());
    }

    [Fact]
    public async Task Another_kind_of_patch_is_told_which_kinds_there_are()
    {
        await using var host = await StartAsync();

        var answer = await host.SendAsync("PATCH", DataPath, "a=1", ("Content-Type", "text/plain"));

        Assert.Equal((415, "wrong-media-type"), (answer.Status, answer.Problem));
        Assert.Equal("application/merge-patch+json, application/json-patch+json, application/json", answer.Header("Accept-Patch"));
    }

    [Fact]
    public async Task A_patch_meant_for_another_version_is_stale()
    {
        await using var host = await StartAsync();

        Assert.Equal(412, (await host.SendAsync("PATCH", DataPath, "[]", JsonPatch, ("If-Match", "\"9\""))).Status);
        Assert.Equal(200, (await host.SendAsync("PATCH", DataPath, "[]", JsonPatch, ("If-Match", "\"1\""))).Status);
    }
}

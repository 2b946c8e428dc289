using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Data;

/// <summary>Changes that are refused, and one that isn't, by what they leave in the table.</summary>
public sealed class RefusedChangeTests() : OperatorSuite(Storage.Memory, ("Sessions__MaxDataBytes", "100"))
{
    private const string JsonPatch = "application/json-patch+json";

    public static TheoryData<string, string, string, string, int> Refused => new()
    {
        { "PUT", "data", "application/json", "[", 400 },
        { "PUT", "data", "application/json", "[]", 422 },
        { "PUT", "data", "application/json", """{"a":1,"a":2}""", 400 },
        { "PUT", "data", "application/merge-patch+json", "{}", 415 },
        { "PUT", "data", "application/json", $$"""{"a":"{{new string('x', 100)}}"}""", 413 },
        { "PATCH", "data", "application/json", $$"""{"b":"{{new string('x', 90)}}"}""", 413 },
        { "PATCH", "data", JsonPatch, """[{"op":"add","path":"/b","value":1},{"op":"test","path":"/a","value":8}]""", 409 },
        { "PATCH", "data", JsonPatch, """[{"op":"add","path":"/b","value":1},{"op":"remove","path":"/c"}]""", 409 },
        { "PUT", "data/..", "application/json", "1", 422 },
        { "PUT", "data/a%2Fb", "application/json", "1", 422 },
        { "PUT", "data/a/", "application/json", "1", 422 },
        { "POST", "data/text/increment", "application/json", """{"by":1}""", 422 },
        { "POST", "data/a/increment", "application/json", """{"by":12345678901234567890123456789}""", 422 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_change_that_is_refused_changes_no_row(string method, string path, string type, string body, int status)
    {
        var holder = await Api.BearerAsync("""{"a":7,"text":"seven"}""");
        var before = await Api.SnapshotAsync();

        (await Api.SendAsync(holder.Request(method, $"sessions/current/{path}", body) with { MediaType = type })).Is(status);

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task The_holders_and_the_operators_changes_meet_in_one_session()
    {
        var holder = await Operator.CreateAsync("ada", ""","data":{"a":7}""");
        var at = $"manage/sessions/{holder.Sid}";

        (await holder.PatchAsync("""{"b":1}""")).Is(200);
        (await holder.SendAsync("POST", "sessions/current/data/b/increment", """{"by":2}""")).Is(200);
        (await Operator.SendAsync("PATCH", $"{at}/data", """{"c":true,"a":null}""")).Is(200);
        (await Operator.SendAsync("PATCH", $"{at}/claims", """{"role":"buyer"}""")).Is(200);

        var read = (await holder.ReadAsync()).Is(200);
        Assert.Equal("""{"b":3,"c":true}""", read.Data);
        Assert.Equal("""{"role":"buyer"}""", read.Json.GetProperty("claims").GetRawText());
        Assert.Equal($"\"{holder.Sid}.5\"", read.ETag);
    }
}

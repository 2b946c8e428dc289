using System.Text;
using SessionFunctions.Tests.Fuzz;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>Bodies in chunks that no client library would send.</summary>
public sealed class ChunkTests
{
    /// <summary>Chunk sizes beyond what a number holds, and none at all; what follows is never read.</summary>
    [Theory]
    [InlineData("POST", "sessions", "ffffffffffffffff")]
    [InlineData("POST", "sessions", "fffffffffffffffff")]
    [InlineData("POST", "sessions", "8000000000000000")]
    [InlineData("POST", "sessions", "7fffffffffffffff")]
    [InlineData("POST", "sessions", "ffffffff")]
    [InlineData("POST", "sessions", "80000000")]
    [InlineData("POST", "sessions", "-1")]
    [InlineData("POST", "sessions", "g")]
    [InlineData("POST", "sessions", "")]
    [InlineData("PUT", "sessions/current/data", "ffffffffffffffff")]
    [InlineData("POST", "sessions/current/data/n/increment", "ffffffffffffffff")]
    [InlineData("POST", "sessions/current/sign-in", "ffffffffffffffff")]
    [InlineData("POST", "manage/sessions", "ffffffffffffffff")]
    public async Task A_size_that_cannot_be_is_the_callers_fault(string method, string path, string size)
    {
        await using var api = await Api.StartAsync(Storage.Memory);
        var holder = await api.BearerAsync();
        using var connection = new FuzzConnection(api.Http.BaseAddress!);

        var answer = connection.Send(
            Encoding.ASCII.GetBytes(
                $"{method} /api/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {holder.Token}\r\n"
                + $"x-functions-key: {Api.FunctionKey}\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n"),
            hasNoBody: false);

        Assert.NotNull(answer);
        Assert.True(answer.Status is 400 or 413, $"{answer.Status}: {answer.Text}");
        Assert.StartsWith("urn:session-functions:problem:", answer.TextOf("type"), StringComparison.Ordinal);
        Assert.DoesNotContain("A call failed", api.Log, StringComparison.Ordinal);
        Assert.True(await holder.IsLetInAsync());
    }
}

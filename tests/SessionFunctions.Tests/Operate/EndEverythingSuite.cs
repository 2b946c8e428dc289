using System.Net.Sockets;
using System.Text;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Operate;

/// <summary>DELETE /manage/sessions.</summary>
public abstract class EndEverythingSuite(Storage storage) : OperatorSuite(storage)
{
    [Fact]
    public async Task Every_session_there_was_is_over_and_new_ones_work()
    {
        var holders = new[] { await Api.BearerAsync(), await Api.CookieAsync(), await Operator.CreateAsync("ada"), await SignedInAsync(await Api.BearerAsync(), "bob") };
        Api.Clock.Advance(TimeSpan.FromSeconds(1));

        (await Operator.SendAsync("DELETE", "manage/sessions")).Is(204);

        foreach (var holder in holders)
        {
            (await holder.ReadAsync()).Is(401, "not-authenticated");
            (await holder.PatchAsync("{}")).Is(401);
            (await Operator.SendAsync("GET", $"manage/sessions/{holder.Sid}")).Is(404);
            Assert.Equal("""{"active":false}""", (await Operator.IntrospectAsync(holder.Token)).Body);
        }

        Assert.Empty(await Operator.SidsAsync("ada"));
        Api.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await (await Api.BearerAsync()).IsLetInAsync());
        Assert.True(await (await SignedInAsync(await Api.CookieAsync(), "ada")).IsLetInAsync());
    }

    /// <summary>What a backend sends that left the id of one session empty, or has a user called "..".</summary>
    [Theory]
    [InlineData("/api/manage/sessions/")]
    [InlineData("/api/manage/users/../sessions")]
    [InlineData("/api/manage/users/%2e%2e/sessions")]
    [InlineData("/api/manage/sessions/x/..")]
    [InlineData("/api/manage/./sessions")]
    public async Task An_address_that_only_comes_to_the_same_ends_nothing(string target)
    {
        var holder = await Api.BearerAsync();
        Api.Clock.Advance(TimeSpan.FromSeconds(1));

        var answer = await SendAsIsAsync($"DELETE {target} HTTP/1.1\r\nHost: localhost\r\nx-functions-key: {Api.FunctionKey}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.True(await holder.IsLetInAsync());
    }

    /// <summary>HttpClient would tidy up the path.</summary>
    private async Task<string> SendAsIsAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Api.Http.BaseAddress!.Host, Api.Http.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }
}

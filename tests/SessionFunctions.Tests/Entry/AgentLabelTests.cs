using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>What a list says of the browser or app behind a session.</summary>
public sealed class AgentLabelTests() : OperatorSuite(Storage.Memory)
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "Chrome on Mac")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("curl/8.1.2", "curl")]
    [InlineData("My-App.ios/3.1 (build 77)", "My-App.ios")]
    [InlineData("<script>alert(1)</script>", null)]
    [InlineData("é/1.0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task A_session_is_labelled_by_what_it_signed_in_with(string? agent, string? label)
    {
        var anonymous = await Api.BearerAsync();
        var ticket = await Operator.TicketAsync(anonymous.Sid, "ada");
        (await Api.SendAsync(anonymous.Request("POST", "sessions/current/sign-in", $$"""{"ticket":"{{ticket}}"}""").With("User-Agent", agent))).Is(200);

        var list = await Operator.ListAsync("ada");

        Assert.Equal(label, Assert.Single(list.Json.GetProperty("sessions").EnumerateArray()).GetProperty("userAgent").GetString());
    }

    [Fact]
    public async Task What_it_was_created_with_counts_where_the_operator_signs_it_in()
    {
        var created = await Api.SendAsync(new Request("POST", "sessions") { Json = """{"transport":"bearer"}""" }.With("User-Agent", "curl/8.1.2"));
        var sid = created.Token!.Split('.')[0];

        await Operator.SendAsync("POST", $"manage/sessions/{sid}/sign-in", """{"user":"ada"}""");

        var list = await Operator.ListAsync("ada");
        Assert.Equal("curl", Assert.Single(list.Json.GetProperty("sessions").EnumerateArray()).GetProperty("userAgent").GetString());
    }
}

using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;

namespace SessionFunctions.Tests.Entry;

/// <summary>What a list says of the browser or app behind a session.</summary>
public sealed class AgentLabelTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36", "Chrome on Mac")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("curl/8.1.2", "curl")]
    [InlineData("My-App.ios/3.1 (build 77)", "My-App.ios")]
    [InlineData("<script>alert(1)</script>", null)]
    [InlineData("é/1.0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_session_is_labelled_by_what_it_signed_in_with(string? agent, string? label)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.UserAgent = agent;

        Assert.Equal(label, AgentLabel.Of(request));
    }
}

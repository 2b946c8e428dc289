using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>Calls that another site might have made a browser send.</summary>
public sealed class CrossSiteTests()
    : ApiSuite(Storage.Memory, ("Sessions__AllowedOrigins", "https://shop.example, https://admin.shop.example"))
{
    private const string Allowed = "https://shop.example";

    private static readonly (string Method, string Path, string? Body)[] UnsafeCalls =
    [
        ("PUT", "sessions/current/data", "{}"),
        ("PATCH", "sessions/current/data", "{}"),
        ("POST", "sessions/current/touch", null),
        ("POST", "sessions/current/rotate", null),
        ("DELETE", "sessions/current", null),
    ];

    /// <summary>Sec-Fetch-Site, Origin, X-CSRF.</summary>
    public static TheoryData<string?, string?, string?> Ours => new()
    {
        { "same-origin", null, null },
        { "same-origin", "https://api.example", null },
        { "same-site", "https://admin.shop.example", null },
        { "cross-site", Allowed, null },
        { null, Allowed, null },
        { null, null, "1" },
    };

    public static TheoryData<string?, string?, string?> Others => new()
    {
        { "cross-site", null, null },
        { "same-site", null, null },
        { "none", null, null },
        { "SAME-ORIGIN", null, null },
        { "", null, "1" },
        { "cross-site", null, "1" },
        { "same-site", null, "1" },
        { "cross-site", "https://evil.example", "1" },
        { null, "https://evil.example", null },
        { null, "https://evil.example", "1" },
        { null, "null", null },
        { null, "null", "1" },
        { null, "", "1" },
        { null, "https://SHOP.example", null },
        { null, "https://shop.example/", null },
        { null, "https://shop.example.evil.example", null },
        { null, "https://sub.shop.example", null },
        { null, "http://shop.example", null },
        { null, "https://shop.example:8443", null },
        { null, "https://evil.example https://shop.example", null },
        { null, null, null },
        { null, null, "0" },
        { null, null, "true" },
    };

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task By_cookie_a_call_of_our_own_pages_is_let_through(string? site, string? origin, string? csrf)
    {
        foreach (var (method, path, body) in UnsafeCalls)
        {
            var holder = await Api.CookieAsync();
            var call = new Request(method, path) { Cookie = holder.Token, Json = body };
            Assert.InRange((await Api.SendAsync(From(call, site, origin, csrf))).Status, 200, 204);
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task By_cookie_any_other_call_that_changes_something_is_refused(string? site, string? origin, string? csrf)
    {
        var holder = await Api.CookieAsync();
        var before = await Api.SnapshotAsync();

        foreach (var (method, path, body) in UnsafeCalls)
        {
            var answer = await Api.SendAsync(From(new Request(method, path) { Cookie = holder.Token, Json = body }, site, origin, csrf));
            Assert.Null(answer.Is(403, "cross-site-request").SetCookie);
        }

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task A_read_by_cookie_needs_no_proof(string? site, string? origin, string? csrf)
    {
        var call = new Request("GET", "sessions/current") { Cookie = (await Api.CookieAsync()).Token };
        (await Api.SendAsync(From(call, site, origin, csrf))).Is(200);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task By_bearer_no_browser_sends_anything_on_its_own_so_any_call_is_let_through(string? site, string? origin, string? csrf)
    {
        foreach (var (method, path, body) in UnsafeCalls)
        {
            var holder = await Api.BearerAsync();
            var call = new Request(method, path) { Bearer = holder.Token, Json = body };
            Assert.InRange((await Api.SendAsync(From(call, site, origin, csrf))).Status, 200, 204);
        }
    }

    [Theory]
    [MemberData(nameof(Ours))]
    [InlineData(null, null, null)] // no browser, so there is no visitor to foist a session on
    public async Task A_new_cookie_is_given_to_our_own_pages_and_to_who_is_no_browser(string? site, string? origin, string? csrf) =>
        Assert.NotNull((await Api.SendAsync(From(new Request("POST", "sessions"), site, origin, csrf))).Is(201).SetCookie);

    [Theory]
    [InlineData("cross-site", null, null)]
    [InlineData("same-site", null, "1")]
    [InlineData("none", null, null)]
    [InlineData("cross-site", "https://evil.example", "1")]
    [InlineData(null, "https://evil.example", "1")]
    [InlineData(null, "null", null)]
    [InlineData(null, "", null)]
    public async Task Another_site_cannot_put_a_session_into_a_visitors_browser(string? site, string? origin, string? csrf)
    {
        var answer = await Api.SendAsync(From(new Request("POST", "sessions"), site, origin, csrf));

        Assert.Null(answer.Is(403, "cross-site-request").SetCookie);
        Assert.Equal("", await Api.SnapshotAsync());
    }

    private static Request From(Request call, string? site, string? origin, string? csrf) =>
        call.With("Sec-Fetch-Site", site).With("Origin", origin).With("X-CSRF", csrf);
}

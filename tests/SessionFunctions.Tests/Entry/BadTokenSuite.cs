using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>Tokens that aren't anyone's: one answer for all of them, which tells no one why, and nothing changed.</summary>
public abstract class BadTokenSuite(Storage storage) : ApiSuite(storage)
{
    private const string Zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly (string Method, string Path, string? Body)[] Calls =
    [
        ("GET", "sessions/current", null),
        ("PUT", "sessions/current/data", """{"stolen":true}"""),
        ("PATCH", "sessions/current/data", """{"stolen":true}"""),
        ("POST", "sessions/current/touch", null),
        ("POST", "sessions/current/rotate", null),
    ];

    /// <summary>{sid} and {secret} are those of a session that is there.</summary>
    public static TheoryData<string> Shapes =>
    [
        "",
        ".",
        "nonsense",
        "{sid}",
        "{sid}.",
        ".{secret}",
        "{secret}.{sid}",
        "{sid}:{secret}",
        "{sid}.{secret}=",
        "{sid}.{secret}.{secret}",
        "{sid}.{secret}A",
        "\"{sid}.{secret}\"",
        "%7Bsid%7D.{secret}",
        "{sid}." + Zeros, // the right id with another secret
        "00aaaaaaaaaaaaaaaaaaaaaaaaaa.{secret}", // the right secret with another id
        "ffaaaaaaaaaaaaaaaaaaaaaaaaaa.{secret}", // a shard that isn't in use
        "00aaaaaaaaaaaaaaaaaaaaaaaaab." + Zeros, // stray bits in the id
        "00AAAAAAAAAAAAAAAAAAAAAAAAAA." + Zeros, // upper case
        "00aaaaaaaaaaaaa1aaaaaaaaaaaa." + Zeros, // wrong alphabet
        "{sid}.AAAAAAAAAAAAAAAAAAAA+AAAAAAAAAAAAAAAAAAAAAA",
        "{sid}.AAAAAAAAAAAAAAAAAAAA/AAAAAAAAAAAAAAAAAAAAAA",
        "{sid}.AAAAAAAAAAAAAAAAAAAA%AAAAAAAAAAAAAAAAAAAAAA",
        "{sid}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB", // stray bits in the secret
        "10 KB",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_token_that_opens_nothing_is_answered_like_none_at_all(string shape)
    {
        var holder = await Api.BearerAsync("""{"kept":true}""");
        var token = shape == "10 KB" ? new string('a', 10 * 1024) : shape.Replace("{sid}", holder.Sid, StringComparison.Ordinal).Replace("{secret}", holder.Secret, StringComparison.Ordinal);
        var before = await Api.SnapshotAsync();

        foreach (var (method, path, body) in Calls)
        {
            var call = new Request(method, path) { Json = body };
            var none = (await Api.SendAsync(call)).Is(401, "not-authenticated");
            var byBearer = (await Api.SendAsync(call with { Bearer = token })).Is(401);
            var byCookie = (await Api.SendAsync((call with { Cookie = token }).With("X-CSRF", "1"))).Is(401);
            Assert.Equal([none.Body, none.Body], [byBearer.Body, byCookie.Body]);
        }

        (await Api.SendAsync(new Request("DELETE", "sessions/current") { Bearer = token })).Is(204);
        (await Api.SendAsync((new Request("DELETE", "sessions/current") { Cookie = token }).With("X-CSRF", "1"))).Is(204);
        Assert.Equal(before, await Api.SnapshotAsync());
        Assert.True(await holder.IsLetInAsync());
    }

    [Fact]
    public async Task A_token_in_the_URL_is_none()
    {
        var holder = await Api.BearerAsync();

        (await Api.GetAsync($"sessions/current?token={holder.Token}&access_token={holder.Token}")).Is(401);
    }

    [Theory]
    [InlineData("__Host-session={0}; __Host-session={1}")]
    [InlineData("__Host-session={0}; __Host-session={1}; __Host-session={0}")]
    [InlineData("__Host-session=; __Host-session={0}")]
    [InlineData("__Host-session={0}; a=b; __Host-session=nonsense")]
    public async Task Two_cookies_of_our_name_that_differ_are_nobodys(string cookies)
    {
        var (one, two) = (await Api.CookieAsync(), await Api.CookieAsync());
        var before = await Api.SnapshotAsync();
        var header = string.Format(cookies, one.Token, two.Token);

        foreach (var (method, path, body) in Calls)
        {
            (await Api.SendAsync((new Request(method, path) { Json = body }).With("Cookie", header).With("X-CSRF", "1"))).Is(401, "not-authenticated");
        }

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task The_same_cookie_twice_is_one()
    {
        var holder = await Api.CookieAsync();

        (await Api.SendAsync(new Request("GET", "sessions/current").With("Cookie", $"__Host-session={holder.Token}; __Host-session={holder.Token}"))).Is(200);
    }

    [Fact]
    public async Task A_bearer_and_a_cookie_that_disagree_are_nobodys()
    {
        var (one, two) = (await Api.BearerAsync(), await Api.CookieAsync());
        var before = await Api.SnapshotAsync();

        foreach (var (method, path, body) in Calls)
        {
            var call = new Request(method, path) { Json = body };
            (await Api.SendAsync(call with { Bearer = one.Token, Cookie = two.Token })).Is(401, "not-authenticated");
            (await Api.SendAsync(call with { Bearer = one.Token, Cookie = "nonsense" })).Is(401, "not-authenticated");
            (await Api.SendAsync(call with { Bearer = "nonsense", Cookie = two.Token })).Is(401, "not-authenticated");
        }

        (await Api.SendAsync(new Request("DELETE", "sessions/current") { Bearer = one.Token, Cookie = two.Token })).Is(204);
        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task A_bearer_and_a_cookie_that_agree_are_one()
    {
        var holder = await Api.BearerAsync();

        (await Api.SendAsync(new Request("GET", "sessions/current") { Bearer = holder.Token, Cookie = holder.Token })).Is(200);
    }
}

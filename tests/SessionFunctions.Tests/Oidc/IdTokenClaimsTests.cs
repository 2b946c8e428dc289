using System.Text.Json.Nodes;

namespace SessionFunctions.Tests.Oidc;

/// <summary>What a token with a good signature must still say.</summary>
public sealed class IdTokenClaimsTests : IAsyncLifetime
{
    private const string NoTimes = "it doesn't say when it was issued and when it expires";
    private const string OtherAudience = "its audience is another one";
    private const string Unreadable = "it can't be read";
    private const string OtherParty = "it was issued to another party";

    private readonly TestKey _key = TestKey.Ec("k1");
    private TrustedProvider _signIn = null!;

    public async ValueTask InitializeAsync() =>
        _signIn = await TrustedProvider.WithAsync(_key, oidc => oidc.Claims = ["email", "roles", "nothing"]);

    public async ValueTask DisposeAsync() => await _signIn.DisposeAsync();

    [Fact]
    public async Task The_chosen_claims_come_with_the_subject_and_as_null_where_the_token_lacks_them()
    {
        var token = await _signIn.AcceptAsync(Token(claims =>
        {
            claims["email"] = "user@shop.example";
            claims["roles"] = new JsonArray("buyer", 2);
            claims["other"] = "not chosen";
        }));
        Assert.Equal("user-1", token.Subject);
        Assert.Equal("""{"email":"user@shop.example","roles":["buyer",2],"nothing":null}""", token.Claims.ToJsonString());
    }

    [Theory]
    [InlineData(-61, "it has expired")]
    [InlineData(-60, "it has expired")]
    [InlineData(-59, null)]
    [InlineData(1, null)]
    public Task AnExpiredTokenIsRefusedOnceTheSkewIsOver(int seconds, string? reason) => CheckAsync("exp", InSeconds(seconds), reason);

    [Theory]
    [InlineData(61, "it isn't valid yet")]
    [InlineData(60, null)]
    [InlineData(-1000, null)]
    public Task ATokenThatIsNotYetValidIsRefused(int seconds, string? reason) => CheckAsync("nbf", InSeconds(seconds), reason);

    [Theory]
    [InlineData(61, "it was issued in the future")]
    [InlineData(60, null)]
    public Task ATokenFromTheFutureIsRefused(int seconds, string? reason) => CheckAsync("iat", InSeconds(seconds), reason);

    [Theory]
    [InlineData("exp", null, NoTimes)]
    [InlineData("exp", "\"4102444800\"", NoTimes)]
    [InlineData("exp", "1e300", Unreadable)]
    [InlineData("exp", "-1", NoTimes)]
    [InlineData("iat", null, NoTimes)]
    [InlineData("iat", "true", Unreadable)]
    [InlineData("iat", "\"4102444800\"", NoTimes)]
    [InlineData("nbf", "\"1\"", "its beginning isn't a time")]
    [InlineData("nbf", "-1", "its beginning isn't a time")]
    [InlineData("nbf", "\"now\"", Unreadable)]
    [InlineData("nbf", "null", Unreadable)]
    [InlineData("iss", null, "its issuer is another one")]
    [InlineData("iss", "\"https://elsewhere.example\"", "its issuer is another one")]
    [InlineData("iss", "[\"https://elsewhere.example\"]", Unreadable)]
    [InlineData("aud", null, OtherAudience)]
    [InlineData("aud", "\"another\"", OtherAudience)]
    [InlineData("aud", "\"Shop\"", OtherAudience)]
    [InlineData("aud", "\"shop/\"", OtherAudience)]
    [InlineData("aud", "[]", OtherAudience)]
    [InlineData("aud", "[\"another\"]", OtherAudience)]
    [InlineData("aud", "{\"shop\":1}", Unreadable)]
    [InlineData("aud", "[\"another\",\"shop\"]", OtherParty)]
    [InlineData("sub", null, "its subject is missing, empty or too long")]
    [InlineData("sub", "\"\"", "its subject is missing, empty or too long")]
    [InlineData("sub", "7", "its subject is missing, empty or too long")]
    public Task AClaimThatIsMissingOrWrongIsRefused(string name, string? json, string reason) => CheckAsync(name, json, reason);

    [Fact]
    public async Task One_of_several_audiences_will_do_where_the_token_was_issued_to_us()
    {
        await _signIn.AcceptAsync(Token(claims => claims["aud"] = new JsonArray("shop")));
        await _signIn.AcceptAsync(Token(claims =>
        {
            claims["aud"] = new JsonArray("another", "shop");
            claims["azp"] = "shop";
        }));
    }

    [Theory]
    [InlineData("\"another\"", OtherParty)]
    [InlineData("\"\"", OtherParty)]
    [InlineData("null", OtherParty)]
    [InlineData("[\"shop\"]", Unreadable)]
    public async Task Whoever_a_token_says_it_was_issued_to_must_be_us_with_one_audience_too(string party, string reason)
    {
        await _signIn.RefuseAsync(Token(claims => claims["azp"] = JsonNode.Parse(party)), reason);
        await _signIn.RefuseAsync(Token(claims => (claims["aud"], claims["azp"]) = (new JsonArray("shop"), JsonNode.Parse(party))), reason);
        await _signIn.AcceptAsync(Token(claims => claims["azp"] = "shop"));
    }

    [Theory]
    [InlineData(2001)]
    [InlineData(2100)]
    public async Task Lifetime_is_judged_by_the_clock_that_the_service_was_given_and_not_by_the_machines(int year)
    {
        var now = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var signIn = await TrustedProvider.WithAsync(_key, now: now);
        await signIn.AcceptAsync(signIn.Token(_key, "ES256"));
        var today = TimeProvider.System.GetUtcNow();
        var ofToday = signIn.Token(_key, "ES256", claims =>
        {
            claims["iat"] = today.ToUnixTimeSeconds();
            claims["exp"] = today.AddMinutes(5).ToUnixTimeSeconds();
        });
        await signIn.RefuseAsync(ofToday, today < now ? "it has expired" : "it was issued in the future");
    }

    [Theory]
    [InlineData("a", 512, true)]
    [InlineData("a", 513, false)]
    [InlineData("é", 256, true)]
    [InlineData("é", 257, false)]
    public async Task A_subject_may_have_512_bytes(string letter, int count, bool accepted)
    {
        var subject = string.Concat(Enumerable.Repeat(letter, count));
        Assert.Equal(accepted, (await _signIn.VerifyAsync(Token(claims => claims["sub"] = subject))).Refusal is null);
    }

    [Fact]
    public async Task A_nonce_must_be_the_one_that_was_sent()
    {
        const string Wrong = "its nonce isn't the one that was sent";
        var token = Token(claims => claims["nonce"] = "n-1");
        await _signIn.AcceptAsync(token, "n-1");
        await _signIn.RefuseAsync(token, Wrong, "n-2");
        await _signIn.RefuseAsync(token, Wrong, "");
        await _signIn.RefuseAsync(Token(), Wrong, "n-1");
        await _signIn.AcceptAsync(token);
    }

    [Fact]
    public async Task A_payload_with_a_name_twice_is_refused()
    {
        var head = TrustedProvider.Part("""{"alg":"ES256","kid":"k1"}""");
        var signed = $"{head}.{TrustedProvider.Part("""{"sub":"user-1","sub":"admin"}""")}";
        var token = $"{signed}.{TestKey.Text(_key.Sign(System.Text.Encoding.ASCII.GetBytes(signed), "ES256"))}";
        await _signIn.RefuseAsync(token, "its payload isn't a JSON object with each name once");
    }

    [Fact]
    public async Task The_log_names_nothing_out_of_a_token()
    {
        await _signIn.VerifyAsync(Token(claims => claims["aud"] = "secret-audience"));
        Assert.DoesNotContain("secret", string.Concat(_signIn.Log), StringComparison.Ordinal);
    }

    private string InSeconds(int seconds) => _signIn.Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds().ToString();

    private string Token(Action<JsonObject>? claims = null) => _signIn.Token(_key, "ES256", claims);

    private async Task CheckAsync(string name, string? json, string? reason)
    {
        var token = Token(claims =>
        {
            claims.Remove(name);
            if (json is not null)
            {
                claims[name] = JsonNode.Parse(json);
            }
        });
        if (reason is null)
        {
            await _signIn.AcceptAsync(token);
        }
        else
        {
            await _signIn.RefuseAsync(token, reason);
        }
    }
}

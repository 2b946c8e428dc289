using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Jwt;

/// <summary>Tokens for other services: their times, their keys over the years, and what they cost.</summary>
public sealed class SessionJwtTests
{
    private static readonly (string, string) Issuer = ("Sessions__Jwt__Issuer", "https://sessions.example");

    [Fact]
    public async Task A_token_says_whose_session_it_is_from_when_to_when_and_for_whom()
    {
        await using var api = await StartAsync($"k1:{SigningKeys.Pkcs8()}", ("Sessions__Jwt__Audience", "orders"));
        var holder = await new Backend(api).CreateAsync("user-1", ""","claims":{"role":"buyer"}""");
        var now = api.Clock.GetUtcNow().ToUnixTimeSeconds();

        var answer = (await IssueAsync(holder)).Is(200);

        Assert.Equal(("Bearer", 60), (answer.Json.GetProperty("tokenType").GetString(), answer.Json.GetProperty("expiresIn").GetInt32()));
        var payload = JsonNode.Parse(Base64UrlEncoder.Decode((await CheckedAsync(api, answer)).EncodedPayload))!.AsObject();
        Assert.NotEmpty((string)payload["jti"]!);
        payload.Remove("jti");
        var expected = new JsonObject
        {
            ["iss"] = "https://sessions.example",
            ["aud"] = "orders",
            ["sub"] = "user-1",
            ["sid"] = holder.Sid,
            ["iat"] = now,
            ["exp"] = now + 60,
            ["claims"] = new JsonObject { ["role"] = "buyer" },
        };
        Assert.True(JsonNode.DeepEquals(expected, payload), payload.ToJsonString());
    }

    [Fact]
    public async Task A_token_never_outlives_its_session()
    {
        await using var api = await StartAsync($"k1:{SigningKeys.Pkcs8()}");
        var start = api.Clock.GetUtcNow().ToUnixTimeSeconds();
        api.Clock.Advance(TimeSpan.FromSeconds(0.5));
        var holder = await api.BearerAsync(more: ""","lifetime":21""");
        api.Clock.Advance(TimeSpan.FromSeconds(0.1));

        var answer = (await IssueAsync(holder)).Is(200);

        Assert.Equal(21, answer.Json.GetProperty("expiresIn").GetInt32());
        Assert.Equal(start + 21, (await CheckedAsync(api, answer)).GetPayloadValue<long>("exp")); // the session ends half a second later
    }

    [Fact]
    public async Task Asking_keeps_the_session_alive()
    {
        await using var api = await StartAsync($"k1:{SigningKeys.Pkcs8()}");
        var holder = await api.BearerAsync();
        api.Clock.Advance(TimeSpan.FromMinutes(15));
        (await IssueAsync(holder)).Is(200);
        api.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.True(await holder.IsLetInAsync());
    }

    [Fact]
    public async Task The_first_key_signs_and_the_others_are_still_published()
    {
        var (old, young) = (SigningKeys.Pkcs8(), SigningKeys.Pkcs8());
        await using var before = await StartAsync($"k1:{old}");
        await using var after = await StartAsync($"k2:{young};k1:{old}");

        Assert.Equal("k2", (await CheckedAsync(after, await IssueAsync(await after.BearerAsync()))).Kid);
        Assert.Equal("k1", (await CheckedAsync(after, await IssueAsync(await before.BearerAsync()))).Kid);
    }

    [Fact]
    public async Task Without_keys_there_is_no_such_thing()
    {
        await using var api = await Api.StartAsync(Storage.Memory);

        (await IssueAsync(await api.BearerAsync())).Is(404, "not-enabled");
        (await api.GetAsync(".well-known/jwks.json")).Is(404, "not-enabled");
    }

    private static Task<Api> StartAsync(string keys, params (string, string)[] more) =>
        Api.StartAsync(Storage.Memory, [("Sessions__Jwt__SigningKeys", keys), Issuer, .. more]);

    private static Task<Answer> IssueAsync(Holder holder) => holder.SendAsync("POST", "sessions/current/jwt");

    /// <summary>As another service checks it: with nothing but the published keys, which caches may keep.</summary>
    private static async Task<JsonWebToken> CheckedAsync(Api api, Answer issued)
    {
        using var keys = await api.Http.GetAsync(".well-known/jwks.json");
        Assert.Equal("public, max-age=300", keys.Headers.CacheControl!.ToString());
        var checks = new TokenValidationParameters
        {
            IssuerSigningKeys = new JsonWebKeySet(await keys.Content.ReadAsStringAsync()).GetSigningKeys(),
            ValidIssuer = Issuer.Item2,
            ValidateAudience = false,
            ValidateLifetime = false, // by the machine's clock
            ValidAlgorithms = ["ES256"],
            ValidTypes = ["JWT"],
        };
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(issued.Is(200).Token, checks);
        Assert.True(result.IsValid, result.Exception?.Message);
        return (JsonWebToken)result.SecurityToken;
    }
}

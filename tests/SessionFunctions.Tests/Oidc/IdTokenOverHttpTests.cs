using System.Net;
using System.Text.Json.Nodes;
using SessionFunctions.Testing;
using SessionFunctions.Tests.Jwt;
using Sessions.Table;

namespace SessionFunctions.Tests.Oidc;

/// <summary>Signing in with an identity provider, and knowing a session elsewhere, from the first call to the last.</summary>
public sealed class IdTokenOverHttpTests
{
    private const string SignIn = "/api/sessions/current/sign-in";
    private const string Current = "/api/sessions/current";

    [Fact]
    public async Task An_id_token_signs_its_user_in_with_the_chosen_claims_and_kills_the_old_token()
    {
        var key = TestKey.Rsa("k1");
        await using var provider = await TestProvider.StartAsync(key);
        await using var service = await RunningService.StartAsync(
            ("Oidc:Authority", provider.Address), ("Oidc:Audience", "shop"), ("Oidc:Claims", "roles,email"));
        var old = await service.CreateAsync();

        using var answer = await service.SendAsync(
            HttpMethod.Post, SignIn, old, Body(provider, key, service, claims => claims["roles"] = new JsonArray("buyer")));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var session = await RunningService.JsonAsync(answer);
        Assert.Equal("user-1", session.GetProperty("user").GetString());
        Assert.Equal("""{"roles":["buyer"]}""", session.GetProperty("claims").GetRawText());
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, old));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, session.GetProperty("token").GetString()!));
    }

    [Fact]
    public async Task A_role_that_the_provider_has_taken_away_is_gone_after_the_next_sign_in()
    {
        var key = TestKey.Rsa("k1");
        await using var provider = await TestProvider.StartAsync(key);
        await using var service = await RunningService.StartAsync(
            ("Oidc:Authority", provider.Address), ("Oidc:Audience", "shop"), ("Oidc:Claims", "roles"));
        var admin = Body(provider, key, service, claims => claims["roles"] = new JsonArray("admin"));
        using var first = await service.SendAsync(HttpMethod.Post, SignIn, await service.CreateAsync(), admin);
        var token = (await RunningService.JsonAsync(first)).GetProperty("token").GetString();

        using var second = await service.SendAsync(HttpMethod.Post, SignIn, token, Body(provider, key, service));

        Assert.Equal("{}", (await RunningService.JsonAsync(second)).GetProperty("claims").GetRawText());
    }

    [Fact]
    public async Task An_id_token_that_is_not_valid_leaves_the_session_as_it_was()
    {
        var key = TestKey.Rsa("k1");
        await using var provider = await TestProvider.StartAsync(key);
        await using var service = await RunningService.StartAsync(("Oidc:Authority", provider.Address), ("Oidc:Audience", "shop"));
        var token = await service.CreateAsync();

        using var answer = await service.SendAsync(
            HttpMethod.Post, SignIn, token, Body(provider, key, service, claims => claims["aud"] = "somebody else"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, token));
    }

    [Fact]
    public async Task Checking_a_short_lived_token_asks_nothing_of_storage()
    {
        var table = new CrashingTable(new MemoryTable());
        await using var service = await RunningService.StartAsync(
            table, ("Jwt:SigningKeys", $"k1:{SigningKeys.Pkcs8()}"), ("Jwt:Issuer", "https://sessions.example"));
        var token = await service.CreateAsync();
        using var jwt = await service.SendAsync(HttpMethod.Post, "/api/sessions/current/jwt", token);
        Assert.Equal(HttpStatusCode.OK, jwt.StatusCode);
        table.Revive();

        using var keys = await service.SendAsync(HttpMethod.Get, "/api/.well-known/jwks.json");

        Assert.Equal(HttpStatusCode.OK, keys.StatusCode);
        Assert.Equal(0, table.Calls);
    }

    private static string Body(TestProvider provider, TestKey key, RunningService service, Action<JsonObject>? bend = null)
    {
        var payload = provider.Claims(service.Clock.GetUtcNow());
        bend?.Invoke(payload);
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = key.Id };
        return $$"""{"idToken":"{{TrustedProvider.Compact(header, payload, data => key.Sign(data, "RS256"))}}"}""";
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningService service, string token)
    {
        using var answer = await service.SendAsync(HttpMethod.Get, Current, token);
        return answer.StatusCode;
    }
}

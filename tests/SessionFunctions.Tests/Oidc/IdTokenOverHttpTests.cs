using System.Text.Json.Nodes;
using SessionFunctions.Testing;
using SessionFunctions.Tests.Jwt;
using SessionFunctions.Tests.Service;
using Sessions.Table;

namespace SessionFunctions.Tests.Oidc;

/// <summary>Signing in with an identity provider, from the first call to the last.</summary>
public sealed class IdTokenOverHttpTests : IAsyncLifetime
{
    private readonly TestKey _key = TestKey.Rsa("k1");
    private TestProvider _provider = null!;
    private Api _api = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await TestProvider.StartAsync(_key);
        _api = await Api.StartAsync(
            Storage.Memory,
            ("Sessions__Oidc__Authority", _provider.Address),
            ("Sessions__Oidc__Audience", "shop"),
            ("Sessions__Oidc__Claims", "roles,email"));
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task An_id_token_signs_its_user_in_with_the_chosen_claims_and_what_the_provider_takes_away_is_gone_next_time()
    {
        var old = await _api.BearerAsync();

        var first = (await SignInAsync(old, claims => claims["roles"] = new JsonArray("admin"))).Is(200);

        Assert.Equal("user-1", first.Json.GetProperty("user").GetString());
        Assert.Equal("""{"roles":["admin"]}""", first.Json.GetProperty("claims").GetRawText());
        Assert.False(await old.IsLetInAsync());
        var signedIn = old with { Token = first.Token! };
        Assert.True(await signedIn.IsLetInAsync());
        Assert.Equal("{}", (await SignInAsync(signedIn)).Is(200).Json.GetProperty("claims").GetRawText());
    }

    [Fact]
    public async Task An_id_token_that_is_not_valid_leaves_the_session_as_it_was()
    {
        var holder = await _api.BearerAsync();
        var before = await _api.SnapshotAsync();

        (await SignInAsync(holder, claims => claims["aud"] = "somebody else")).Is(422, "not-allowed");

        Assert.Equal(before, await _api.SnapshotAsync());
    }

    [Fact]
    public async Task Without_its_provider_nobody_is_let_in_and_told_to_come_back()
    {
        _provider.Down = true;
        var holder = await _api.BearerAsync();
        var before = await _api.SnapshotAsync();

        Assert.NotNull((await SignInAsync(holder)).Is(503).Header("Retry-After"));

        Assert.Equal(before, await _api.SnapshotAsync());
    }

    [Fact]
    public async Task The_keys_that_check_a_short_lived_token_ask_nothing_of_storage()
    {
        var table = new CrashingTable(new MemoryTable());
        await using var api = await Api.StartAsync(
            Storage.Of(table),
            ("Sessions__Jwt__SigningKeys", $"k1:{SigningKeys.Pkcs8()}"),
            ("Sessions__Jwt__Issuer", "https://sessions.example"));
        (await (await api.BearerAsync()).SendAsync("POST", "sessions/current/jwt")).Is(200);
        table.Revive();

        using var keys = await api.Http.GetAsync(".well-known/jwks.json");

        Assert.True(keys.IsSuccessStatusCode);
        Assert.Equal(0, table.Calls);
    }

    private Task<Answer> SignInAsync(Holder holder, Action<JsonObject>? bend = null)
    {
        var payload = _provider.Claims(_api.Clock.GetUtcNow());
        bend?.Invoke(payload);
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = _key.Id };
        var token = TrustedProvider.Compact(header, payload, data => _key.Sign(data, "RS256"));
        return holder.SendAsync("POST", "sessions/current/sign-in", $$"""{"idToken":"{{token}}"}""");
    }
}

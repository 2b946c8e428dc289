using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Jwt;
using SessionFunctions.Testing;
using SessionFunctions.Tests.Oidc;
using Sessions;

namespace SessionFunctions.Tests.Jwt;

/// <summary>Tokens for other services, checked the way another service would: with nothing but the published keys.</summary>
public sealed class SessionJwtTests
{
    private const string KeysPath = "/api/.well-known/jwks.json";
    private const string JwtPath = "/api/sessions/current/jwt";

    private static readonly (string, string) Issuer = ("Jwt:Issuer", "https://sessions.example");

    [Fact]
    public async Task ATokenIsCheckedWithThePublishedKeysAlone()
    {
        await using var service = await RunningService.StartAsync(Keys("k1"), Issuer, ("Jwt:Audience", "orders"));
        var token = await service.CreateAsync();
        using var answer = await service.SendAsync(HttpMethod.Post, JwtPath, token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var body = await RunningService.JsonAsync(answer);
        Assert.Equal("Bearer", body.GetProperty("tokenType").GetString());
        Assert.Equal(60, body.GetProperty("expiresIn").GetInt32());

        var (header, payload) = await CheckAsync(service, body.GetProperty("token").GetString()!);
        Assert.Equal("JWT", header.GetProperty("typ").GetString());
        Assert.Equal("k1", header.GetProperty("kid").GetString());
        Assert.Equal("https://sessions.example", payload.GetProperty("iss").GetString());
        Assert.Equal("orders", payload.GetProperty("aud").GetString());
        Assert.Equal(token.Split('.')[0], payload.GetProperty("sid").GetString());
        Assert.Equal(service.Clock.GetUtcNow().ToUnixTimeSeconds(), payload.GetProperty("iat").GetInt64());
        Assert.Equal(service.Clock.GetUtcNow().ToUnixTimeSeconds() + 60, payload.GetProperty("exp").GetInt64());
        Assert.Equal("{}", payload.GetProperty("claims").GetRawText());
        Assert.False(payload.TryGetProperty("sub", out _));
    }

    [Fact]
    public async Task EachTokenHasAnIdOfItsOwn()
    {
        await using var service = await RunningService.StartAsync(Keys("k1"), Issuer);
        var token = await service.CreateAsync();
        var (_, first) = await CheckAsync(service, await JwtOfAsync(service, token));
        var (_, second) = await CheckAsync(service, await JwtOfAsync(service, token));
        Assert.NotEqual(first.GetProperty("jti").GetString(), second.GetProperty("jti").GetString());
    }

    [Fact]
    public async Task ABoundSessionsTokenNamesItsUserAndKeepsItsClaimsApart()
    {
        await using var service = await RunningService.StartAsync(Keys("k1"), Issuer);
        var claims = SessionWorld.DataOf("""{"sub":"admin","role":"buyer 😀"}""");
        var session = SessionAt(service.Clock, TimeSpan.FromHours(1)) with { Claims = claims };
        var jwt = SessionWorld.Value(service.Services.GetRequiredService<SessionJwtIssuer>().Issue(session, "user \"1\""));
        var (_, payload) = await CheckAsync(service, jwt.Token);
        Assert.Equal("user \"1\"", payload.GetProperty("sub").GetString());
        Assert.Equal("admin", payload.GetProperty("claims").GetProperty("sub").GetString());
        Assert.Equal("buyer 😀", payload.GetProperty("claims").GetProperty("role").GetString());
        Assert.Equal("***", jwt.ToString());
    }

    [Fact]
    public async Task TheUserThatASessionIsBoundToIsTheTokensSubject()
    {
        await using var service = await RunningService.StartAsync(Keys("k1"), Issuer);
        using var created = await service.SendAsync(
            HttpMethod.Post,
            "/api/manage/sessions",
            body: """{"user":"user-1","claims":{"role":"buyer"}}""",
            headers: [("x-functions-key", RunningService.FunctionKey)]);
        var token = (await RunningService.JsonAsync(created)).GetProperty("token").GetString()!;
        var (_, payload) = await CheckAsync(service, await JwtOfAsync(service, token));
        Assert.Equal("user-1", payload.GetProperty("sub").GetString());
        Assert.Equal("""{"role":"buyer"}""", payload.GetProperty("claims").GetRawText());
    }

    [Fact]
    public async Task ATokenNeverOutlivesItsSession()
    {
        await using var service = await RunningService.StartAsync(Keys("k1"), Issuer);
        var session = SessionAt(service.Clock, TimeSpan.FromSeconds(20.9));
        var jwt = SessionWorld.Value(service.Services.GetRequiredService<SessionJwtIssuer>().Issue(session, subject: null));
        Assert.Equal(20, jwt.ExpiresIn);
        var (_, payload) = await CheckAsync(service, jwt.Token);
        Assert.Equal(service.Clock.GetUtcNow().ToUnixTimeSeconds() + 20, payload.GetProperty("exp").GetInt64());
    }

    [Fact]
    public async Task ClaimsTooLongForAHeaderAreRefused()
    {
        await using var service = await RunningService.StartAsync(Keys("k1"), Issuer);
        var claims = SessionWorld.DataOf($$"""{"a":"{{new string('x', 4096)}}"}""");
        var session = SessionAt(service.Clock, TimeSpan.FromHours(1)) with { Claims = claims };
        Assert.Equal(RefusalKind.NotAllowed, service.Services.GetRequiredService<SessionJwtIssuer>().Issue(session, null).Refusal?.Kind);
    }

    [Fact]
    public async Task AskingKeepsTheSessionAlive()
    {
        await using var service = await RunningService.StartAsync(Keys("k1"), Issuer);
        var token = await service.CreateAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(15));
        await JwtOfAsync(service, token);
        service.Clock.Advance(TimeSpan.FromMinutes(15));
        using var read = await service.SendAsync(HttpMethod.Get, "/api/sessions/current", token);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task TheFirstKeySignsAndTheOthersAreStillPublished()
    {
        var (old, young) = (SigningKeys.Pkcs8(), SigningKeys.Pkcs8());
        await using var before = await RunningService.StartAsync(("Jwt:SigningKeys", $"k1:{old}"), Issuer);
        await using var after = await RunningService.StartAsync(("Jwt:SigningKeys", $"k2:{young};k1:{old}"), Issuer);
        var (header, _) = await CheckAsync(after, await JwtOfAsync(after, await after.CreateAsync()));
        Assert.Equal("k2", header.GetProperty("kid").GetString());
        (header, _) = await CheckAsync(after, await JwtOfAsync(before, await before.CreateAsync()));
        Assert.Equal("k1", header.GetProperty("kid").GetString());
    }

    [Fact]
    public async Task OnlyPublicHalvesArePublishedAndCachesMayKeepThem()
    {
        await using var service = await RunningService.StartAsync(Keys("k1"), Issuer);
        using var answer = await service.SendAsync(HttpMethod.Get, KeysPath);
        Assert.True(answer.Headers.CacheControl!.Public);
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.CacheControl.MaxAge);
        Assert.False(answer.Headers.CacheControl.NoStore);
        var key = Assert.Single((await RunningService.JsonAsync(answer)).GetProperty("keys").EnumerateArray());
        Assert.Equal(["kty", "crv", "use", "alg", "kid", "x", "y"], key.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("GET", KeysPath)]
    [InlineData("POST", JwtPath)]
    public async Task WithoutKeysThereIsNoSuchThing(string method, string path)
    {
        await using var service = await RunningService.StartAsync();
        using var answer = await service.SendAsync(new HttpMethod(method), path, await service.CreateAsync());
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("urn:session-functions:problem:not-enabled", (await RunningService.JsonAsync(answer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task NobodyGetsATokenWithoutASession()
    {
        await using var service = await RunningService.StartAsync(Keys("k1"), Issuer);
        var token = await service.CreateAsync();
        await service.SendAsync(HttpMethod.Delete, "/api/sessions/current", token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Post, JwtPath, token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Post, JwtPath)).StatusCode);
        var byCookie = await service.SendAsync(
            HttpMethod.Post, JwtPath, headers: [("Cookie", $"__Host-session={token}"), ("Origin", "https://elsewhere.example")]);
        Assert.Equal(HttpStatusCode.Forbidden, byCookie.StatusCode);
    }

    private static (string, string) Keys(string id) => ("Jwt:SigningKeys", $"{id}:{SigningKeys.Pkcs8()}");

    private static Session SessionAt(TestClock clock, TimeSpan lifetime)
    {
        Assert.True(SessionId.TryParse("00" + new string('a', 26), out var id));
        return new Session
        {
            Id = id,
            Secrets = new Secrets(SecretHash.Of([]), clock.GetUtcNow()),
            Lifetime = Lifetime.Start(clock.GetUtcNow(), lifetime, lifetime, 0),
        };
    }

    private static async Task<string> JwtOfAsync(RunningService service, string token)
    {
        using var answer = await service.SendAsync(HttpMethod.Post, JwtPath, token);
        return (await RunningService.JsonAsync(answer)).GetProperty("token").GetString()!;
    }

    private static async Task<(JsonElement Header, JsonElement Payload)> CheckAsync(RunningService service, string jwt)
    {
        var parts = jwt.Split('.');
        var header = Json(parts[0]);
        using var answer = await service.SendAsync(HttpMethod.Get, KeysPath);
        var published = (await RunningService.JsonAsync(answer)).GetProperty("keys").EnumerateArray();
        var key = published.Single(key => key.GetProperty("kid").GetString() == header.GetProperty("kid").GetString());
        Assert.Equal("ES256", header.GetProperty("alg").GetString());
        using var verifier = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(key.GetProperty("x").GetString()!), Y = Bytes(key.GetProperty("y").GetString()!) },
        });
        Assert.True(verifier.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256));
        return (header, Json(parts[1]));
    }

    private static JsonElement Json(string part) => JsonSerializer.Deserialize<JsonElement>(Bytes(part));

    /// <summary>Not with the service's own decoder, so that a mistake there would show.</summary>
    private static byte[] Bytes(string part) =>
        Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (part.Length % 4)) % 4));
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SessionFunctions.Oidc;

namespace SessionFunctions.Tests.Oidc;

/// <summary>Which signatures are believed.</summary>
public sealed class IdTokenSignatureTests
{
    private const string NotListed = "its algorithm isn't one of Sessions:Oidc:Algorithms";
    private const string Wrong = "its signature is wrong";

    public static TheoryData<string> Algorithms => new(OidcOptions.KnownAlgorithms);

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Any_known_algorithm_is_believed_once_allowed(string algorithm)
    {
        var key = TestKey.For(algorithm, "k1");
        await using var signIn = await TrustedProvider.WithAsync(key, oidc => oidc.Algorithms = [algorithm]);
        Assert.Equal("user-1", (await signIn.AcceptAsync(signIn.Token(key, algorithm))).Subject);
    }

    [Theory]
    [InlineData("RS256", true)]
    [InlineData("ES256", true)]
    [InlineData("PS256", false)]
    [InlineData("RS512", false)]
    [InlineData("ES384", false)]
    public async Task Without_a_setting_only_the_common_ones_are_believed(string algorithm, bool believed)
    {
        var key = TestKey.For(algorithm, "k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        if (believed)
        {
            await signIn.AcceptAsync(signIn.Token(key, algorithm));
        }
        else
        {
            await signIn.RefuseAsync(signIn.Token(key, algorithm), NotListed);
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("")]
    [InlineData("rs256")]
    public async Task An_unsigned_token_is_refused(string algorithm)
    {
        var key = TestKey.Rsa("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var header = new JsonObject { ["alg"] = algorithm };
        await signIn.RefuseAsync(TrustedProvider.Compact(header, signIn.Provider.Claims(signIn.Clock.GetUtcNow()), _ => []), NotListed);
    }

    [Fact]
    public async Task A_MAC_with_the_public_key_as_the_secret_is_refused()
    {
        var key = TestKey.Rsa("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var secret = Encoding.UTF8.GetBytes(key.Jwk.ToJsonString());
        var header = new JsonObject { ["alg"] = "HS256", ["kid"] = "k1" };
        var claims = signIn.Provider.Claims(signIn.Clock.GetUtcNow());
        var token = TrustedProvider.Compact(header, claims, data => HMACSHA256.HashData(secret, data));
        await signIn.RefuseAsync(token, NotListed);
        Assert.Equal(0, signIn.Provider.Fetches);
    }

    [Fact]
    public async Task A_payload_or_signature_that_was_changed_is_refused()
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var parts = signIn.Token(key, "ES256").Split('.');
        var other = signIn.Token(key, "ES256", claims => claims["sub"] = "admin").Split('.');
        await signIn.RefuseAsync($"{parts[0]}.{other[1]}.{parts[2]}", Wrong);
        await signIn.RefuseAsync($"{parts[0]}.{parts[1]}.{other[2]}", Wrong);
        await signIn.RefuseAsync($"{parts[0]}.{parts[1]}.", Wrong);
    }

    [Fact]
    public async Task Another_spelling_of_the_same_signature_is_refused()
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var token = signIn.Token(key, "ES256");
        // 64 bytes leave four bits of the last letter unused: A, Q, g and w are the spellings with zeros there.
        await signIn.RefuseAsync(token[..^1] + (char)(token[^1] + 1), Wrong);
    }
}

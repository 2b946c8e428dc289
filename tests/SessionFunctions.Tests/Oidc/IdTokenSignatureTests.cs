using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SessionFunctions.Tests.Oidc;

/// <summary>Which signatures are believed.</summary>
public sealed class IdTokenSignatureTests
{
    private const string NoFit = "its algorithm goes with no key of the provider's, or with several";
    private const string NotListed = "its algorithm isn't one of Sessions:Oidc:Algorithms";
    private const string NoKey = "the provider has no such key";
    private const string Wrong = "its signature is wrong";
    private const string NotParts = "it isn't three parts of base64url";

    public static TheoryData<string> Algorithms => new(Sessions.SessionOptions.OidcSettings.KnownAlgorithms);

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task AnyKnownAlgorithmIsBelievedOnceAllowed(string algorithm)
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
    public async Task WithoutASettingOnlyTheCommonOnesAreBelieved(string algorithm, bool believed)
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
    public async Task AnUnsignedTokenIsRefused(string algorithm)
    {
        var key = TestKey.Rsa("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var header = new JsonObject { ["alg"] = algorithm };
        await signIn.RefuseAsync(TrustedProvider.Compact(header, signIn.Provider.Claims(signIn.Clock.GetUtcNow()), _ => []), NotListed);
    }

    [Fact]
    public async Task AMacWithThePublicKeyAsTheSecretIsRefused()
    {
        var key = TestKey.Rsa("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var secret = Encoding.UTF8.GetBytes(key.Jwk.ToJsonString());
        var header = new JsonObject { ["alg"] = "HS256", ["kid"] = "k1" };
        var token = TrustedProvider.Compact(header, signIn.Provider.Claims(signIn.Clock.GetUtcNow()), data => HMACSHA256.HashData(secret, data));
        await signIn.RefuseAsync(token, NotListed);
        Assert.Equal(0, signIn.Provider.Fetches);
    }

    [Fact]
    public async Task APayloadOrSignatureThatWasChangedIsRefused()
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
    public async Task ASignatureByAKeyOfAnotherKindIsRefused()
    {
        var (rsa, ec) = (TestKey.Rsa("k1"), TestKey.Ec("k2"));
        await using var signIn = await TrustedProvider.WithAsync(rsa);
        signIn.Provider.Keys.Add(ec);
        await signIn.RefuseAsync(signIn.Token(ec, "ES256", header: header => header["alg"] = "RS256"), NoFit);
        await signIn.RefuseAsync(signIn.Token(rsa, "RS256", header: header => header["alg"] = "ES256"), NoFit);
    }

    [Fact]
    public async Task ACurveOtherThanTheAlgorithmsIsRefused()
    {
        var key = TestKey.Ec("k1", "P-384");
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.RefuseAsync(signIn.Token(key, "ES256"), NoFit);
    }

    [Fact]
    public async Task AKeyForAnotherAlgorithmIsRefused()
    {
        var key = TestKey.Rsa("k1");
        key.Jwk["alg"] = "RS512";
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.RefuseAsync(signIn.Token(key, "RS256"), NoFit);
    }

    [Fact]
    public async Task AKeyThatIsTooShortOrNotForSignaturesOrBrokenCountsForNothing()
    {
        var (weak, other, ops, bent, good) = (TestKey.Rsa("weak", 1024), TestKey.Rsa("other"), TestKey.Rsa("ops"), TestKey.Ec("bent"), TestKey.Ec("good"));
        other.Jwk["use"] = "enc";
        ops.Jwk["key_ops"] = new JsonArray("encrypt");
        bent.Jwk["x"] = good.Jwk["x"]!.DeepClone();
        await using var signIn = await TrustedProvider.WithAsync(good);
        signIn.Provider.Keys.AddRange([weak, other, ops, bent]);
        foreach (var key in new[] { weak, other, ops })
        {
            await signIn.RefuseAsync(signIn.Token(key, "RS256"), NoKey);
        }

        await signIn.RefuseAsync(signIn.Token(bent, "ES256"), NoKey);
        await signIn.AcceptAsync(signIn.Token(good, "ES256"));
    }

    [Fact]
    public async Task WithoutAKeyIdTheOnlyKeyThatFitsIsMeant()
    {
        var (first, second) = (TestKey.Rsa("k1"), TestKey.Ec("k2"));
        await using var signIn = await TrustedProvider.WithAsync(first);
        signIn.Provider.Keys.Add(second);
        await signIn.AcceptAsync(signIn.Token(second, "ES256", header: header => header.Remove("kid")));
    }

    [Fact]
    public async Task WithoutAKeyIdTwoKeysThatFitAreNone()
    {
        var key = TestKey.Rsa("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        signIn.Provider.Keys.Add(TestKey.Rsa("k2"));
        await signIn.RefuseAsync(signIn.Token(key, "RS256", header: header => header.Remove("kid")), NoFit);
    }

    [Fact]
    public async Task AnExtensionThatMustBeUnderstoodIsRefused()
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var token = signIn.Token(key, "ES256", header: header => header["crit"] = new JsonArray("b64"));
        await signIn.RefuseAsync(token, "its header has an extension that must be understood");
    }

    [Fact]
    public async Task AnAccessTokenOfTheSameProviderIsRefused()
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.RefuseAsync(signIn.Token(key, "ES256", header: header => header["typ"] = "at+jwt"), "its type isn't JWT");
        await signIn.AcceptAsync(signIn.Token(key, "ES256", header: header => header.Remove("typ")));
    }

    [Fact]
    public async Task AHeaderWithANameTwiceIsRefused()
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var parts = signIn.Token(key, "ES256").Split('.');
        var twice = TrustedProvider.Part("""{"alg":"ES256","alg":"none","kid":"k1"}""");
        await signIn.RefuseAsync($"{twice}.{parts[1]}.{parts[2]}", "its header isn't a JSON object with each name once");
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("{token}.x")]
    [InlineData("{token}=")]
    [InlineData(" {token}")]
    [InlineData("{token}\n")]
    [InlineData("😀.😀.😀")]
    public async Task WhatIsNoTokenIsRefused(string text)
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var token = text.Replace("{token}", signIn.Token(key, "ES256"), StringComparison.Ordinal);
        await signIn.RefuseAsync(token, text == ".." ? "its header isn't a JSON object with each name once" : NotParts);
        Assert.Equal(0, signIn.Provider.Fetches);
    }

    [Fact]
    public async Task AnotherSpellingOfTheSameSignatureIsRefused()
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var token = signIn.Token(key, "ES256");
        // 64 bytes leave four bits of the last letter unused: A, Q, g and w are the spellings with zeros there.
        await signIn.RefuseAsync(token[..^1] + (char)(token[^1] + 1), NotParts);
    }

    [Fact]
    public async Task ATokenOfMoreThan16KilobytesIsRefusedUnread()
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.RefuseAsync(signIn.Token(key, "ES256", claims => claims["long"] = new string('x', 16_000)), "it is too long");
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace SessionFunctions.Tests.Oidc;

/// <summary>Which keys a signature may be by.</summary>
public sealed class UsableKeysTests
{
    private const string NoFit = "its algorithm goes with no key of the provider's, or with several";
    private const string NoKey = "the provider has no such key";
    private const string Wrong = "its signature is wrong";

    [Fact]
    public async Task A_signature_by_a_key_of_another_kind_is_refused()
    {
        var (rsa, ec) = (TestKey.Rsa("k1"), TestKey.Ec("k2"));
        await using var signIn = await TrustedProvider.WithAsync(rsa);
        signIn.Provider.Keys.Add(ec);
        await signIn.RefuseAsync(signIn.Token(ec, "ES256", header: header => header["alg"] = "RS256"), NoFit);
        await signIn.RefuseAsync(signIn.Token(rsa, "RS256", header: header => header["alg"] = "ES256"), NoFit);
    }

    [Fact]
    public async Task A_curve_other_than_the_algorithms_is_refused()
    {
        var key = TestKey.Ec("k1", "P-384");
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.RefuseAsync(signIn.Token(key, "ES256"), NoFit);
    }

    [Fact]
    public async Task A_key_for_another_algorithm_is_refused()
    {
        var key = TestKey.Rsa("k1");
        key.Jwk["alg"] = "RS512";
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.RefuseAsync(signIn.Token(key, "RS256"), NoFit);
    }

    [Fact]
    public async Task A_modulus_may_have_a_zero_in_front()
    {
        var key = TestKey.Rsa("k1");
        key.Jwk["n"] = TestKey.Text([0, .. Base64Url.DecodeFromChars(key.Jwk["n"]!.GetValue<string>())]);
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.AcceptAsync(signIn.Token(key, "RS256"));
    }

    [Fact]
    public async Task A_key_that_is_too_short_or_not_for_signatures_or_broken_counts_for_nothing()
    {
        var (weak, other, ops) = (TestKey.Rsa("weak", 1024), TestKey.Rsa("other"), TestKey.Rsa("ops"));
        var (one, even, vast) = (TestKey.Rsa("one"), TestKey.Rsa("even"), TestKey.Rsa("vast"));
        var (bent, good) = (TestKey.Ec("bent"), TestKey.Ec("good"));
        other.Jwk["use"] = "enc";
        ops.Jwk["key_ops"] = new JsonArray("encrypt");
        one.Jwk["e"] = "AQ";
        even.Jwk["e"] = "Ag";
        vast.Jwk["n"] = new string('_', 1368); // 8,208 bits
        bent.Jwk["x"] = good.Jwk["x"]!.DeepClone();
        await using var signIn = await TrustedProvider.WithAsync(good);
        TestKey[] useless = [weak, other, ops, one, even, vast];
        signIn.Provider.Keys.AddRange([.. useless, bent]);
        foreach (var key in useless)
        {
            await signIn.RefuseAsync(signIn.Token(key, "RS256"), NoKey);
        }

        await signIn.RefuseAsync(signIn.Token(bent, "ES256"), NoKey);
        await signIn.AcceptAsync(signIn.Token(good, "ES256"));
    }

    [Fact]
    public async Task Without_a_key_id_the_only_key_that_fits_is_meant()
    {
        var (first, second) = (TestKey.Rsa("k1"), TestKey.Ec("k2"));
        await using var signIn = await TrustedProvider.WithAsync(first);
        signIn.Provider.Keys.Add(second);
        await signIn.AcceptAsync(signIn.Token(second, "ES256", header: header => header.Remove("kid")));
    }

    [Fact]
    public async Task Without_a_key_id_two_keys_that_fit_are_none()
    {
        var key = TestKey.Rsa("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        signIn.Provider.Keys.Add(TestKey.Rsa("k2"));
        await signIn.RefuseAsync(signIn.Token(key, "RS256", header: header => header.Remove("kid")), NoFit);
    }

    [Theory]
    [InlineData("jwk")]
    [InlineData("jku")]
    [InlineData("x5u")]
    [InlineData("x5c")]
    public async Task A_key_that_the_token_brings_along_counts_for_nothing(string name)
    {
        var (known, brought) = (TestKey.Ec("k1"), TestKey.Ec("k1"));
        await using var signIn = await TrustedProvider.WithAsync(known);
        JsonNode value = name switch
        {
            "jwk" => brought.Jwk.DeepClone(),
            "x5c" => new JsonArray("MIIB"),
            _ => $"{signIn.Provider.Address}/keys-of-mine",
        };
        await signIn.RefuseAsync(TokenBy(brought, "k1"), Wrong);
        await signIn.RefuseAsync(TokenBy(brought, "k2"), NoKey);
        await signIn.AcceptAsync(TokenBy(known, "k1"));

        string TokenBy(TestKey key, string id) => signIn.Token(key, "ES256", header: header =>
        {
            header["kid"] = id;
            header[name] = value.DeepClone();
        });
    }

    [Fact]
    public async Task The_numbers_of_a_key_count_and_not_a_certificate_beside_them()
    {
        var key = TestKey.Rsa("k1");
        using var other = RSA.Create(2048);
        var request = new CertificateRequest("CN=other", other, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(99));
        key.Jwk["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData));
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.AcceptAsync(signIn.Token(key, "RS256"));
    }
}

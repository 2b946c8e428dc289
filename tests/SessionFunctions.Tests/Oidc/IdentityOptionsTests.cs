using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionFunctions.Tests.Jwt;
using Sessions;

namespace SessionFunctions.Tests.Oidc;

/// <summary>Settings that stop the start, with a message that names the setting.</summary>
public sealed class IdentityOptionsTests
{
    private const string Authority = "Sessions:Oidc:Authority";
    private const string Audience = "Sessions:Oidc:Audience";

    [Theory]
    [InlineData(Authority, "http://id.example")]
    [InlineData(Authority, "id.example")]
    [InlineData(Authority, "https://id.example?tenant=1")]
    [InlineData(Authority, "https://user@id.example")]
    [InlineData(Audience, "")]
    [InlineData("Sessions:Oidc:Algorithms", "RS256,none")]
    [InlineData("Sessions:Oidc:Algorithms", "HS256")]
    [InlineData("Sessions:Oidc:ClockSkew", "00:11:00")]
    [InlineData("Sessions:Oidc:ClockSkew", "-00:00:01")]
    [InlineData("Sessions:Jwt:SigningKeys", "k1:AAAA")]
    [InlineData("Sessions:Jwt:SigningKeys", "k1:{P-384}")]
    [InlineData("Sessions:Jwt:SigningKeys", "k1:{P-256};k1:{P-256}")]
    [InlineData("Sessions:Jwt:SigningKeys", "{P-256}")]
    [InlineData("Sessions:Jwt:Issuer", "", "Sessions:Jwt:SigningKeys", "k1:{P-256}")]
    [InlineData("Sessions:Jwt:Lifetime", "00:00:00.5")]
    [InlineData("Sessions:Jwt:Lifetime", "00:15:01")]
    [InlineData("Sessions:RateLimit:CreatesPerMinute", "-1")]
    [InlineData("Sessions:RateLimit:FailedTokensPerMinute", "1000001")]
    [InlineData("Sessions:RateLimit:TrustedProxies", "10.0.0.0/8,proxy.example")]
    [InlineData("Sessions:RateLimit:TrustedProxies", "10.0.0.0/33")]
    public void AWrongSettingStopsTheStartAndIsNamed(string name, string value, string? with = null, string? withValue = null)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Bind((name, value), (with ?? name, withValue ?? value)));
        Assert.StartsWith(name, Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void AListReplacesTheDefaultInEitherSpelling()
    {
        Assert.Equal(["RS256", "ES256"], Bind().Oidc.Algorithms);
        Assert.Equal(["PS256"], Bind(("Sessions:Oidc:Algorithms:0", "PS256")).Oidc.Algorithms);
        var options = Bind(
            ("Sessions:Oidc:Algorithms", "PS256, ES512"),
            ("Sessions:Oidc:Claims", "email,roles"),
            ("Sessions:AllowedOrigins", "https://a.example,https://b.example"),
            ("Sessions:RateLimit:TrustedProxies", "127.0.0.0/8,::1"));
        Assert.Equal(["PS256", "ES512"], options.Oidc.Algorithms);
        Assert.Equal(["email", "roles"], options.Oidc.Claims);
        Assert.Equal(["https://a.example", "https://b.example"], options.AllowedOrigins);
        Assert.Equal(["127.0.0.0/8", "::1"], options.RateLimit.TrustedProxies);
    }

    [Fact]
    public void AnEmptyTextIsNone()
    {
        var options = Bind(
            (Authority, ""),
            (Audience, ""),
            ("Sessions:Oidc:Algorithms", "RS256,ES256"),
            ("Sessions:Oidc:Claims", ""),
            ("Sessions:Jwt:SigningKeys", ""),
            ("Sessions:Jwt:Issuer", ""),
            ("Sessions:Jwt:Audience", ""),
            ("Sessions:RateLimit:TrustedProxies", ""));
        Assert.False(options.Oidc.HasProvider);
        Assert.Empty(options.RateLimit.TrustedProxies);
    }

    private static SessionOptions Bind(params (string Name, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { [Authority] = "https://id.example", [Audience] = "shop" };
        foreach (var (name, value) in settings)
        {
            values[name] = value
                .Replace("{P-256}", SigningKeys.Pkcs8(), StringComparison.Ordinal)
                .Replace("{P-384}", SigningKeys.Pkcs8(System.Security.Cryptography.ECCurve.NamedCurves.nistP384), StringComparison.Ordinal);
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        using var services = new ServiceCollection().AddSessionFunctions(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<SessionOptions>>().Value;
    }
}

using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionFunctions.Jwt;
using SessionFunctions.Oidc;
using SessionFunctions.Tests.Jwt;

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
    public void AWrongSettingStopsTheStartAndIsNamed(string name, string value, string? with = null, string? withValue = null)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Bind((name, value), (with ?? name, withValue ?? value)));
        Assert.StartsWith(name, Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void AListReplacesTheDefaultInEitherSpelling()
    {
        Assert.Equal(["RS256", "ES256"], Bind().Algorithms);
        Assert.Equal(["PS256"], Bind(("Sessions:Oidc:Algorithms:0", "PS256")).Algorithms);
        var options = Bind(("Sessions:Oidc:Algorithms", "PS256, ES512"), ("Sessions:Oidc:Claims", "email,roles"));
        Assert.Equal(["PS256", "ES512"], options.Algorithms);
        Assert.Equal(["email", "roles"], options.Claims);
    }

    [Fact]
    public void AnEmptyTextIsNone() => Assert.False(Bind(
        (Authority, ""),
        (Audience, ""),
        ("Sessions:Oidc:Algorithms", "RS256,ES256"),
        ("Sessions:Oidc:Claims", ""),
        ("Sessions:Jwt:SigningKeys", ""),
        ("Sessions:Jwt:Issuer", ""),
        ("Sessions:Jwt:Audience", "")).HasProvider);

    private static OidcOptions Bind(params (string Name, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { [Authority] = "https://id.example", [Audience] = "shop" };
        foreach (var (name, value) in settings)
        {
            values[name] = value
                .Replace("{P-256}", SigningKeys.Pkcs8(), StringComparison.Ordinal)
                .Replace("{P-384}", SigningKeys.Pkcs8(ECCurve.NamedCurves.nistP384), StringComparison.Ordinal);
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        using var services = new ServiceCollection().AddOidc(configuration).AddJwt(configuration).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
        return services.GetRequiredService<IOptions<OidcOptions>>().Value;
    }
}

using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using SessionFunctions.Oidc;
using SessionFunctions.Testing;
using SessionFunctions.Tests.Jwt;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>Settings of the HTTP side as an app writes them: which ones stop the start, and with what message.</summary>
public sealed class OptionRulesTests
{
    private const string CookieName = "Cookie:Name has characters that a cookie's name can't have; use letters, digits, '-' and '_'.";
    private const string SameSite = "Cookie:SameSite is none of the three; set Lax, Strict or None.";
    private const string HostCookie = "Cookie:Domain can't go with a name that begins with __Host-: browsers refuse that cookie. "
        + "Use __Secure-session as Sessions:Cookie:Name, or no domain.";
    private const string Domain = "Cookie:Domain is '{0}'; set a domain such as shop.example.";
    private const string Origins = "AllowedOrigins has '{0}'; set exact origins such as https://shop.example "
        + "(no path, no slash at the end, no *, lower case).";
    private const string Creates = "RateLimit:CreatesPerMinute is {0}; set 1 to 1000000, or 0 for no limit.";
    private const string Proxies = "RateLimit:TrustedProxies has '{0}'; set addresses (10.1.2.3) or networks (10.0.0.0/8).";
    private const string Header = "RateLimit:ClientAddressHeader is '{0}'; set the name of a header, such as X-Azure-ClientIP.";
    private const string Clear = "ClearSiteData has '{0}'; set one or more of cache, cookies, storage, executionContexts.";
    private const string Authority = "Oidc:Authority must be the provider's address, exactly as its discovery document has it under "
        + "issuer: https, without a query (http only on this machine).";
    private const string Algorithms = "Oidc:Algorithms has '{0}'; set one or more of "
        + "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512.";

    private static readonly Start App = new((services, configuration) => services.AddSessionFunctions(configuration));

    /// <summary>What a case is tried beside, where a setting alone means nothing.</summary>
    private static readonly (string Name, string Value)[] Beside =
    [
        ("Cookie:Domain", "Cookie:Name=__Secure-session"),
        ("Oidc:Authority", "Oidc:Audience=shop"),
        ("Oidc:A", "Oidc:Authority=https://id.example"),
        ("Oidc:C", "Oidc:Authority=https://id.example"),
        ("Oidc:Al", "Oidc:Audience=shop"),
        ("Oidc:C", "Oidc:Audience=shop"),
        ("Jwt:SigningKeys", "Jwt:Issuer=https://api.example"),
    ];

    [Theory]
    [InlineData("Cookie:Name", CookieName, "", "my session", "session;", "session=1", "session,1", "\"session\"", "séance", "session\n")]
    [InlineData("Cookie:SameSite", SameSite, "Lax ; x", "Whatever", "7", "Lax; Domain=example.com", "Unspecified")]
    [InlineData("Cookie:SameSite", SameSite, "0", "2", "None, Strict", "Lax ")] // 0 isn't a way to switch it off
    [InlineData("Cookie:Domain", Domain, "localhost", "example", ".example", "https://shop.example", "shop.example/", "shop.example:443")]
    [InlineData("Cookie:Domain", Domain, "*.shop.example", "shop..example", "shop.example; SameSite=None", "shop.example\n")]
    [InlineData("AllowedOrigins", Origins, "*", "null", "shop.example", "https://shop.example/")]
    [InlineData("AllowedOrigins", Origins, "https://shop.example/path", "https://Shop.example", "https://*.shop.example")]
    [InlineData("AllowedOrigins", Origins, "https://shop.example:443", "ftp://shop.example")]
    [InlineData("AllowedOrigins", Origins, "https://user@shop.example", "https://bücher.example")] // browsers send neither
    [InlineData("RateLimit:CreatesPerMinute", Creates, "-1", "1000001")]
    [InlineData("RateLimit:TrustedProxies", Proxies, "10.0.0.0/33", "proxy.example", "*")]
    [InlineData("RateLimit:ClientAddressHeader", Header, "X Azure", "X-Azure:", "X-Azure\n", "É")]
    [InlineData("ClearSiteData", Clear, "*", "Cache", "\"cache\"", "history")]
    [InlineData("Oidc:Authority", Authority, "http://id.example", "id.example", "https://id.example?tenant=1")]
    [InlineData("Oidc:Authority", Authority, "https://user@id.example", "https://id.example#a", "file:///id.example")]
    [InlineData("Oidc:Algorithms", Algorithms, "none", "HS256", "rs256")]
    [InlineData("Oidc:ClockSkew", "Oidc:ClockSkew is {0}; set 00:00:00 to 00:10:00.", "00:11:00", "-00:00:01")]
    [InlineData("Jwt:Lifetime", "Jwt:Lifetime is {0}; set 00:00:01 to 00:15:00.", "00:00:00.5000000", "00:15:01")]
    public void A_value_that_cannot_work_stops_the_start_and_says_what_to_set(string name, string message, params string[] values) =>
        Assert.All(values, value => Assert.Equal([$"Sessions:{string.Format(message, value)}"], Faults((name, value))));

    [Theory]
    [InlineData("Cookie:Name", "__Secure-my_session.1", "sid")]
    [InlineData("Cookie:SameSite", "", "None", "strict")]
    [InlineData("Cookie:Domain", "", "shop.example", ".shop.example")]
    [InlineData("AllowedOrigins", "", "https://shop.example,http://localhost:5080, https://shop.example:8443")]
    [InlineData("AllowedOrigins", "https://xn--bcher-kva.example", "http://[::1]:5080", "http://127.0.0.1:5080")]
    [InlineData("RateLimit:CreatesPerMinute", "0", "1000000")]
    [InlineData("RateLimit:TrustedProxies", "", "10.1.2.3, 10.0.0.0/8,::1,2001:db8::/32")]
    [InlineData("RateLimit:ClientAddressHeader", "", "X-Azure-ClientIP")]
    [InlineData("ClearSiteData", "", "cache,cookies,storage,executionContexts")]
    [InlineData("Oidc:Authority", "", "https://id.example", "https://id.example/tenant/", "http://127.0.0.1:5000", "http://localhost")]
    [InlineData("Oidc:Algorithms", "", "ES512, PS256")]
    [InlineData("Oidc:ClockSkew", "00:00:00", "00:10:00")]
    [InlineData("Jwt:SigningKeys", "")]
    [InlineData("Jwt:Lifetime", "00:00:01", "00:15:00")]
    public void A_value_at_its_bound_is_fine(string name, params string[] values) =>
        Assert.All(values, value => Assert.Empty(Faults((name, value))));

    [Theory]
    [InlineData("__Host-session")]
    [InlineData("__host-session")] // browsers look at the prefix without regard to case
    public void A_host_cookie_with_a_domain_would_be_dropped_by_browsers(string name) =>
        Assert.Equal([$"Sessions:{HostCookie}"], Faults(("Cookie:Domain", "shop.example"), ("Cookie:Name", name)));

    [Fact]
    public void Signing_keys_are_private_keys_of_P_256_each_under_an_id_of_its_own()
    {
        var (good, other) = (SigningKeys.Pkcs8(), SigningKeys.Pkcs8(ECCurve.NamedCurves.nistP384));
        foreach (var keys in (string[])["k1:AAAA", $"k1:{other}", $"k1:{good};k1:{good}", good])
        {
            Assert.StartsWith("Sessions:Jwt:SigningKeys: ", Assert.Single(Faults(("Jwt:SigningKeys", keys))), StringComparison.Ordinal);
        }

        Assert.Empty(Faults(("Jwt:SigningKeys", $"k1:{good};k2:{SigningKeys.Pkcs8()}")));
    }

    [Fact]
    public void What_needs_another_setting_names_it()
    {
        Assert.StartsWith("Sessions:Oidc:Audience is needed", Assert.Single(Faults(("Oidc:Audience", ""))), StringComparison.Ordinal);
        var keys = ("Jwt:SigningKeys", $"k1:{SigningKeys.Pkcs8()}");
        Assert.StartsWith("Sessions:Jwt:Issuer is needed", Assert.Single(Faults(keys, ("Jwt:Issuer", ""))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_fine_and_all_faults_are_told_at_once()
    {
        Assert.Empty(App.Faults());
        Assert.Equal(3, App.Faults(("Sessions:Shards", "0"), ("Sessions:Cookie:Name", " "), ("Sessions:ClearSiteData", "all")).Count);
    }

    [Fact]
    public void A_list_replaces_the_default_in_either_spelling()
    {
        Assert.Equal(["RS256", "ES256"], Options<OidcOptions>().Algorithms);
        Assert.Equal(["PS256"], Options<OidcOptions>(("Sessions:Oidc:Algorithms:0", "PS256")).Algorithms);
        Assert.Equal(["PS256", "ES512"], Options<OidcOptions>(("Sessions:Oidc:Algorithms", "PS256, ES512")).Algorithms);
        Assert.Equal(SameSiteMode.Strict, Options<SessionCookieOptions>(("Sessions:Cookie:SameSite", "strict")).SameSite);
    }

    [Fact]
    public async Task The_app_itself_does_not_start_with_one()
    {
        var stop = await Assert.ThrowsAsync<OptionsValidationException>(
            () => Api.StartAsync(Storage.Memory, ("Sessions__Cookie__SameSite", "Whatever")));

        Assert.Equal($"Sessions:{SameSite}", stop.Message);
    }

    private static IReadOnlyList<string> Faults(params (string Name, string? Value)[] settings)
    {
        var beside = Beside.Where(each => settings[0].Name.StartsWith(each.Name, StringComparison.Ordinal))
            .Select(each => each.Value.Split('=', 2))
            .Select(each => (Name: each[0], Value: (string?)each[1]))
            .Where(each => settings.All(setting => setting.Name != each.Name));
        return App.Faults([.. settings.Concat(beside).Select(setting => ($"Sessions:{setting.Name}", setting.Value))]);
    }

    private static T Options<T>(params (string Name, string? Value)[] settings)
        where T : class => App.With(settings).GetRequiredService<IOptions<T>>().Value;
}

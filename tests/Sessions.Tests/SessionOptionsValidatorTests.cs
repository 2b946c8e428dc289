namespace Sessions.Tests;

public sealed class SessionOptionsValidatorTests
{
    [Fact]
    public void The_defaults_are_fine() => AssertFine(_ => { });

    [Fact]
    public void Timeouts_have_at_least_a_second()
    {
        AssertFault("Sessions:IdleTimeout is 00:00:00.5000000; set at least 00:00:01.", o => o.IdleTimeout = TimeSpan.FromSeconds(0.5));
        AssertFault("Sessions:PersistentIdleTimeout is -00:00:01; set at least 00:00:01.", o => o.PersistentIdleTimeout = TimeSpan.FromSeconds(-1));
        AssertFine(o => o.IdleTimeout = TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_lifetime_lies_between_its_idle_timeout_and_400_days()
    {
        AssertFault(
            "Sessions:AbsoluteLifetime is 00:19:00; set it between Sessions:IdleTimeout (00:20:00) and 400.00:00:00.",
            o => o.AbsoluteLifetime = TimeSpan.FromMinutes(19));
        AssertFault(
            "Sessions:PersistentLifetime is 401.00:00:00; set it between Sessions:PersistentIdleTimeout (14.00:00:00) and 400.00:00:00.",
            o => o.PersistentLifetime = TimeSpan.FromDays(401));
        AssertFine(o => o.AbsoluteLifetime = o.IdleTimeout);
        AssertFine(o => o.PersistentLifetime = TimeSpan.FromDays(400)); // the longest that browsers keep a cookie
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void The_slide_granularity_is_a_share(double share)
    {
        AssertFault(
            $"Sessions:SlideGranularity is {share}; set a share of the idle timeout from 0 to 1, such as 0.1.", o => o.SlideGranularity = share);
        AssertFine(o => o.SlideGranularity = 0);
        AssertFine(o => o.SlideGranularity = 1);
    }

    [Fact]
    public void The_rotation_grace_is_an_hour_at_most()
    {
        AssertFault("Sessions:RotationGrace is -00:00:01; set 00:00:00 to 01:00:00.", o => o.RotationGrace = TimeSpan.FromSeconds(-1));
        AssertFault("Sessions:RotationGrace is 01:00:01; set 00:00:00 to 01:00:00.", o => o.RotationGrace = TimeSpan.FromSeconds(3601));
        AssertFine(o => o.RotationGrace = TimeSpan.Zero);
    }

    [Fact]
    public void A_sweep_has_at_least_a_second() =>
        AssertFault("Sessions:CleanupBudget is 00:00:00; set at least 00:00:01.", o => o.CleanupBudget = TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    public void Shards_are_1_to_256(int shards)
    {
        AssertFault($"Sessions:Shards is {shards}; set 1 to 256, and don't change it once sessions exist.", o => o.Shards = shards);
        AssertFine(o => o.Shards = 1);
        AssertFine(o => o.Shards = 256);
    }

    [Theory]
    [InlineData(1)]
    [InlineData((16 * 1024 * 1024) + 1)]
    public void Data_has_2_bytes_to_16_megabytes(int bytes) =>
        AssertFault(
            $"Sessions:MaxDataBytes is {bytes}; set 2 to 16777216. What is stored stays below 921600 bytes in any case.", o => o.MaxDataBytes = bytes);

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1sessions")]
    [InlineData("my-sessions")]
    [InlineData("sessions\n")]
    [InlineData("sessionssessionssessionssessionssessionssessionssessionssessions")] // 64
    public void A_tables_name_is_one_that_the_service_takes(string name)
    {
        AssertFault("Sessions:Storage:Table must be 3 to 63 letters and digits that begin with a letter.", o => o.Storage.Table = name);
        AssertFine(o => o.Storage.Table = "abc");
    }

    [Fact]
    public void A_connection_string_and_an_endpoint_exclude_each_other()
    {
        var endpoint = new Uri("https://account.table.core.windows.net");

        AssertFault(
            "Set Sessions:Storage:ConnectionString or Sessions:Storage:Endpoint, not both.",
            o => (o.Storage.ConnectionString, o.Storage.Endpoint) = ("UseDevelopmentStorage=true", endpoint));
        AssertFine(o => o.Storage.Endpoint = endpoint);
    }

    [Fact]
    public void Keys_that_are_none_are_told() =>
        AssertFault("Sessions:EncryptionKeys: key 'a' isn't 32 bytes in base64 (make one: openssl rand -base64 32).", o => o.EncryptionKeys = "a:b");

    [Theory]
    [InlineData("")]
    [InlineData("my session")]
    [InlineData("session;")]
    [InlineData("session=1")]
    [InlineData("session,1")]
    [InlineData("\"session\"")]
    [InlineData("séance")]
    [InlineData("session\n")]
    public void A_cookies_name_is_a_token(string name)
    {
        AssertFault(
            "Sessions:Cookie:Name has characters that a cookie's name can't have; use letters, digits, '-' and '_'.", o => o.Cookie.Name = name);
        AssertFine(o => o.Cookie.Name = "__Secure-my_session.1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("Lax ")]
    [InlineData("Lax; Domain=example.com")]
    public void SameSite_is_one_of_three(string sameSite)
    {
        AssertFault($"Sessions:Cookie:SameSite is '{sameSite}'; set Lax, Strict or None.", o => o.Cookie.SameSite = sameSite);
        AssertFine(o => o.Cookie.SameSite = "None");
        AssertFine(o => o.Cookie.SameSite = "Strict");
    }

    [Theory]
    [InlineData("__Host-session")]
    [InlineData("__host-session")] // browsers look at the prefix without regard to case
    [InlineData("__HOST-session")]
    public void A_host_cookie_with_a_domain_would_be_dropped_by_browsers(string name)
    {
        AssertFault(
            "Sessions:Cookie:Domain can't go with a name that begins with __Host-: browsers refuse that cookie. Use __Secure-session as Sessions:Cookie:Name, or no domain.",
            o => (o.Cookie.Name, o.Cookie.Domain) = (name, "shop.example"));
        AssertFine(o => (o.Cookie.Name, o.Cookie.Domain) = ("__Secure-session", "shop.example"));
        AssertFine(o => (o.Cookie.Name, o.Cookie.Domain) = (name, ""));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("example")]
    [InlineData(".example")]
    [InlineData("https://shop.example")]
    [InlineData("shop.example/")]
    [InlineData("shop.example:443")]
    [InlineData("*.shop.example")]
    [InlineData("shop..example")]
    [InlineData("shop.example; SameSite=None")]
    [InlineData("shop.example\n")]
    public void A_domain_is_a_domain(string domain) =>
        AssertFault(
            $"Sessions:Cookie:Domain is '{domain}'; set a domain such as shop.example.",
            o => (o.Cookie.Name, o.Cookie.Domain) = ("__Secure-session", domain));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("shop.example")]
    [InlineData("https://shop.example/")]
    [InlineData("https://shop.example/path")]
    [InlineData("https://Shop.example")]
    [InlineData("https://*.shop.example")]
    [InlineData("https://shop.example:443")] // browsers leave the default port out
    [InlineData("ftp://shop.example")]
    public void An_allowed_origin_is_what_a_browser_would_send(string origin)
    {
        AssertFault(
            $"Sessions:AllowedOrigins has '{origin}'; set exact origins such as https://shop.example (no path, no slash at the end, no *, lower case).",
            o => o.AllowedOrigins = ["https://other.example", origin]);
        AssertFine(o => o.AllowedOrigins = ["https://shop.example", "http://localhost:5080", "https://shop.example:8443"]);
    }

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(3, Faults(o => (o.Shards, o.SlideGranularity, o.Cookie.Name) = (0, 2, " ")).Count);

    private static void AssertFault(string message, Action<SessionOptions> configure) => Assert.Equal([message], Faults(configure));

    private static void AssertFine(Action<SessionOptions> configure) => Assert.Empty(Faults(configure));

    private static List<string> Faults(Action<SessionOptions> configure)
    {
        var options = new SessionOptions();
        configure(options);
        return [.. new SessionOptionsValidator().Validate(null, options).Failures ?? []];
    }
}

namespace Sessions;

/// <summary>
/// Every setting of the service, from the configuration section <c>Sessions</c> (app settings <c>Sessions__Name</c>).
/// Validated when the app starts; docs/options.md lists them for people.
/// </summary>
public sealed class SessionOptions
{
    public const string Section = "Sessions";

    public StorageOptions Storage { get; set; } = new();

    /// <summary>Partitions that sessions spread over: 1 to 256. Fixed once sessions exist: a user's shard is computed from it.</summary>
    public int Shards { get; set; } = 64;

    /// <summary>A session ends when it wasn't used for this long.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>A session ends this long after its creation, whatever happens.</summary>
    public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary><see cref="IdleTimeout"/> of a persistent ("remember me") session.</summary>
    public TimeSpan PersistentIdleTimeout { get; set; } = TimeSpan.FromDays(14);

    /// <summary><see cref="AbsoluteLifetime"/> of a persistent ("remember me") session.</summary>
    public TimeSpan PersistentLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Share of the idle timeout that passes before a use is written down: 0 (each use) to 1.</summary>
    public double SlideGranularity { get; set; } = 0.1;

    /// <summary>How long the old token still works after the first use of the one that replaced it.</summary>
    public TimeSpan RotationGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Age at which a token is rotated without being asked, on answers that carry a cookie. None: only when asked.</summary>
    public TimeSpan? RotateAfter { get; set; }

    /// <summary>How long a ticket lets a session sign in.</summary>
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Most sessions of one user at a time; 0: any number.</summary>
    public int MaxPerUser { get; set; }

    /// <summary>What happens to a sign-in past <see cref="MaxPerUser"/>: <c>evict-oldest</c> ends the user's oldest session, <c>reject</c> answers 409.</summary>
    public string UserOverflow { get; set; } = "evict-oldest";

    /// <summary>Largest data of a session, in bytes of UTF-8 JSON without white space.</summary>
    public int MaxDataBytes { get; set; } = 256 * 1024;

    /// <summary>Largest claims of a session, in bytes of UTF-8 JSON without white space.</summary>
    public int MaxClaimsBytes { get; set; } = 16 * 1024;

    /// <summary>
    /// Key ring for the data at rest: <c>id:base64</c> pairs of 256-bit keys, separated by <c>;</c>. The first encrypts, all decrypt.
    /// None: data is stored as it is (the service encrypts the disk under it either way).
    /// </summary>
    public string? EncryptionKeys { get; set; }

    /// <summary>Whether a change of data must carry If-Match (428 without).</summary>
    public bool RequireIfMatch { get; set; }

    /// <summary>Exact origins whose pages may change things with the cookie: <c>https://shop.example</c>. A list, or one comma-separated text.</summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Whether a caller that sends an Origin may ask for a bearer token, which page scripts can then read.</summary>
    public bool AllowBearerForBrowsers { get; set; }

    public CookieSettings Cookie { get; set; } = new();

    public OidcSettings Oidc { get; set; } = new();

    public JwtSettings Jwt { get; set; } = new();

    public RateLimitSettings RateLimit { get; set; } = new();

    /// <summary>How long one run of the cleanup may take; the next run goes on where it stopped.</summary>
    public TimeSpan CleanupBudget { get; set; } = TimeSpan.FromSeconds(45);

    internal const string EvictOldest = "evict-oldest";
    internal const string Reject = "reject";

    internal (TimeSpan Idle, TimeSpan Lifetime) Profile(bool persistent) =>
        persistent ? (PersistentIdleTimeout, PersistentLifetime) : (IdleTimeout, AbsoluteLifetime);

    public sealed class StorageOptions
    {
        /// <summary>Connection string, for development. None: <see cref="Endpoint"/>, or what AzureWebJobsStorage says.</summary>
        public string? ConnectionString { get; set; }

        /// <summary>Table endpoint of the storage or Cosmos DB account, reached with the app's Microsoft Entra identity.</summary>
        public Uri? Endpoint { get; set; }

        /// <summary>Name of the table; made on first use.</summary>
        public string Table { get; set; } = "sessions";
    }

    public sealed class CookieSettings
    {
        /// <summary>Name of the cookie. With the prefix <c>__Host-</c> browsers hold it to this host and to HTTPS.</summary>
        public string Name { get; set; } = "__Host-session";

        /// <summary>Lax, Strict, or None (for a frontend on another site; adds Partitioned).</summary>
        public string SameSite { get; set; } = "Lax";

        /// <summary>Domain to share the cookie with subdomains; needs a name without the <c>__Host-</c> prefix.</summary>
        public string? Domain { get; set; }
    }

    /// <summary>Sign-in with id tokens of an OpenID provider.</summary>
    public sealed class OidcSettings
    {
        /// <summary>Every algorithm that can be named. Never "none" or HS256: whoever knows the provider's public key could make those.</summary>
        public static readonly IReadOnlyList<string> KnownAlgorithms =
            ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

        /// <summary>The provider, exactly as it calls itself (<c>issuer</c> in its discovery document). None: no sign-in with id tokens.</summary>
        public string? Authority { get; set; }

        /// <summary>Whether there is a provider. Templates set an empty text for none.</summary>
        public bool HasProvider => !string.IsNullOrEmpty(Authority);

        /// <summary>Who the id tokens must be meant for: the client id that the application has at the provider.</summary>
        public string? Audience { get; set; }

        /// <summary>Signatures accepted. A list, or one comma-separated text.</summary>
        public IList<string> Algorithms { get; set; } = ["RS256", "ES256"];

        /// <summary>How far the provider's clock may be off: 0 to 10 minutes.</summary>
        public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>Claims of the id token that are copied into the session's claims. A list, or one comma-separated text.</summary>
        public IList<string> Claims { get; set; } = [];
    }

    /// <summary>Short-lived tokens by which other services know a session without asking this one.</summary>
    public sealed class JwtSettings
    {
        /// <summary>
        /// Key ring, <c>id:base64;id:base64</c> of P-256 private keys in PKCS#8. The first signs, all are published. None: no such tokens.
        /// Add a new key at the end first, and move it to the front once every verifier has seen it (10 minutes).
        /// </summary>
        public string? SigningKeys { get; set; }

        /// <summary>How long a token is good for, and so how long a revoked session may live on elsewhere: 1 second to 15 minutes.</summary>
        public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>Who the tokens say they are from; needed where there are keys. The API's own address is a good choice.</summary>
        public string? Issuer { get; set; }

        /// <summary>Who the tokens are meant for. None: they don't say.</summary>
        public string? Audience { get; set; }
    }

    /// <summary>What one client address may do, in each instance of the app.</summary>
    public sealed class RateLimitSettings
    {
        /// <summary>Sessions created a minute. 0: no limit.</summary>
        public int CreatesPerMinute { get; set; } = 6000;

        /// <summary>Calls a minute with a token that isn't valid; past it the address is refused for the rest of the minute. 0: no limit.</summary>
        public int FailedTokensPerMinute { get; set; } = 3000;

        /// <summary>
        /// Proxies whose X-Forwarded-For is believed: addresses or networks (<c>10.0.0.0/8</c>). A list, or one comma-separated text. Under the
        /// Functions host the platform's own entry is applied already; name what stands in front of the platform, such as Front Door.
        /// </summary>
        public IList<string> TrustedProxies { get; set; } = [];
    }
}

using Sessions;

namespace SessionFunctions.Jwt;

/// <summary>Short-lived tokens by which other services know a session without asking this one.</summary>
public sealed class JwtOptions
{
    public const string Section = "Sessions:Jwt";

    /// <summary>
    /// Key ring, <c>id:base64;id:base64</c> of P-256 private keys in PKCS#8. The first signs, all are published. None: no such tokens.
    /// Add a new key at the end first, and move it to the front once every verifier has seen it (10 minutes).
    /// </summary>
    public string? SigningKeys { get; set; }

    /// <summary>
    /// How long a token is good for, and so how long a session that was ended may live on elsewhere: 1 second to 15 minutes.
    /// </summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Who the tokens say they are from; needed where there are keys. The API's own address is a good choice.</summary>
    public string? Issuer { get; set; }

    /// <summary>Who the tokens are meant for. None: they don't say.</summary>
    public string? Audience { get; set; }
}

internal sealed class JwtRules : OptionsRules<JwtOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    protected override IEnumerable<string> Faults(JwtOptions options)
    {
        if (!SigningKeyRing.TryParse(options.SigningKeys, out var ring, out var fault))
        {
            yield return $"Sessions:Jwt:SigningKeys: {fault}";
        }
        else if (!ring.IsEmpty && string.IsNullOrWhiteSpace(options.Issuer))
        {
            yield return "Sessions:Jwt:Issuer is needed with Sessions:Jwt:SigningKeys: set what verifiers expect as iss, "
                + "such as the API's own address.";
        }

        if (options.Lifetime < OneSecond || options.Lifetime > Longest)
        {
            yield return $"Sessions:Jwt:Lifetime is {options.Lifetime}; set {OneSecond} to {Longest}.";
        }
    }
}

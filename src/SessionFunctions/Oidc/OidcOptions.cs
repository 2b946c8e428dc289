using Sessions;

namespace SessionFunctions.Oidc;

/// <summary>Sign-in with id tokens of an OpenID provider.</summary>
public sealed class OidcOptions
{
    public const string Section = "Sessions:Oidc";

    /// <summary>Every algorithm that can be named. Never "none" or HS256: anybody could make those.</summary>
    public static readonly IReadOnlyList<string> KnownAlgorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    internal static readonly IReadOnlyList<string> DefaultAlgorithms = ["RS256", "ES256"];

    /// <summary>
    /// The provider, exactly as it calls itself (<c>issuer</c> in its discovery document). None: no sign-in with id tokens.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>Whether there is a provider. Templates set an empty text for none.</summary>
    public bool HasProvider => !string.IsNullOrEmpty(Authority);

    /// <summary>Who the id tokens must be meant for: the client id that the application has at the provider.</summary>
    public string? Audience { get; set; }

    /// <summary>Signatures accepted. A list, or one comma-separated text.</summary>
    public IReadOnlyList<string> Algorithms { get; internal set; } = DefaultAlgorithms;

    /// <summary>How far the provider's clock may be off: 0 to 10 minutes.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Claims of the id token that are copied into the session's claims. A list, or one comma-separated text.</summary>
    public IReadOnlyList<string> Claims { get; internal set; } = [];
}

internal sealed class OidcRules : OptionsRules<OidcOptions>
{
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(10);

    protected override IEnumerable<string> Faults(OidcOptions options)
    {
        if (!options.HasProvider)
        {
            yield break;
        }

        // Over plain HTTP anybody on the way could publish keys of their own.
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority)
            || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback))
            || authority.Query + authority.Fragment + authority.UserInfo != "")
        {
            yield return "Sessions:Oidc:Authority must be the provider's address, exactly as its discovery document has it under issuer: "
                + "https, without a query (http only on this machine).";
        }

        if (string.IsNullOrWhiteSpace(options.Audience))
        {
            yield return "Sessions:Oidc:Audience is needed with Sessions:Oidc:Authority: set the client id that the application has at the "
                + "provider, or id tokens made for others would be taken.";
        }

        var unknown = options.Algorithms.Except(OidcOptions.KnownAlgorithms, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0 || options.Algorithms.Count == 0)
        {
            var known = string.Join(", ", OidcOptions.KnownAlgorithms);
            yield return $"Sessions:Oidc:Algorithms has '{string.Join(", ", unknown)}'; set one or more of {known}.";
        }

        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > MostSkew)
        {
            yield return $"Sessions:Oidc:ClockSkew is {options.ClockSkew}; set 00:00:00 to {MostSkew}.";
        }

        if (options.Claims.Any(claim => claim.Length > JsonRules.MaxNameChars))
        {
            yield return $"Sessions:Oidc:Claims has a name of more than {JsonRules.MaxNameChars} characters.";
        }
    }
}

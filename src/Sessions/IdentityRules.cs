namespace Sessions;

/// <summary>What <see cref="SessionOptionsValidator"/> asks of the settings for id tokens and for the service's own JWTs.</summary>
internal static class IdentityRules
{
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestJwt = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestJwt = TimeSpan.FromMinutes(15);

    public static IEnumerable<string> Faults(SessionOptions options) => Oidc(options.Oidc).Concat(Jwt(options.Jwt));

    private static IEnumerable<string> Oidc(SessionOptions.OidcSettings oidc)
    {
        if (!oidc.HasProvider)
        {
            yield break;
        }

        // Over plain HTTP anybody on the way could publish keys of their own.
        if (!Uri.TryCreate(oidc.Authority, UriKind.Absolute, out var authority)
            || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback))
            || authority.Query + authority.Fragment + authority.UserInfo != "")
        {
            yield return "Sessions:Oidc:Authority must be the provider's address, exactly as its discovery document has it under issuer: https, without a query (http only on this machine).";
        }

        if (string.IsNullOrWhiteSpace(oidc.Audience))
        {
            yield return "Sessions:Oidc:Audience is needed with Sessions:Oidc:Authority: set the client id that the application has at the provider, or id tokens made for others would be taken.";
        }

        var unknown = oidc.Algorithms.Except(SessionOptions.OidcSettings.KnownAlgorithms, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0 || oidc.Algorithms.Count == 0)
        {
            yield return $"Sessions:Oidc:Algorithms has '{string.Join(", ", unknown)}'; set one or more of {string.Join(", ", SessionOptions.OidcSettings.KnownAlgorithms)}.";
        }

        if (oidc.ClockSkew < TimeSpan.Zero || oidc.ClockSkew > MostSkew)
        {
            yield return $"Sessions:Oidc:ClockSkew is {oidc.ClockSkew}; set 00:00:00 to {MostSkew}.";
        }

        if (oidc.Claims.Any(claim => claim.Length > JsonRules.MaxNameChars))
        {
            yield return $"Sessions:Oidc:Claims has a name of more than {JsonRules.MaxNameChars} characters.";
        }
    }

    private static IEnumerable<string> Jwt(SessionOptions.JwtSettings jwt)
    {
        if (!SigningKeyRing.TryParse(jwt.SigningKeys, out var ring, out var fault))
        {
            yield return $"Sessions:Jwt:SigningKeys: {fault}";
        }
        else if (!ring.IsEmpty && string.IsNullOrWhiteSpace(jwt.Issuer))
        {
            yield return "Sessions:Jwt:Issuer is needed with Sessions:Jwt:SigningKeys: set what verifiers expect as iss, such as the API's own address.";
        }

        if (jwt.Lifetime < ShortestJwt || jwt.Lifetime > LongestJwt)
        {
            yield return $"Sessions:Jwt:Lifetime is {jwt.Lifetime}; set {ShortestJwt} to {LongestJwt}.";
        }
    }
}

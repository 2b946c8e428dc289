using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SessionFunctions.Oidc;

/// <summary>What Microsoft.IdentityModel checks of an id token: algorithm, signature, issuer and audience, each of them pinned.</summary>
internal static class LibraryChecks
{
    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = UnverifiedToken.MaxChars };

    /// <summary>Why it won't do; null where it will.</summary>
    /// <param name="key">The only key that the signature may be by.</param>
    public static async Task<string?> FaultOfAsync(string idToken, SecurityKey key, OidcOptions settings)
    {
        var result = await Handler.ValidateTokenAsync(idToken, new TokenValidationParameters
        {
            ValidAlgorithms = settings.Algorithms,
            ValidIssuer = settings.Authority,
            ValidAudience = settings.Audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            IssuerSigningKeyResolver = (_, _, _, _) => [key], // or it would try every key where it knows none of that id
            ValidateLifetime = false, // it goes by the machine's clock; IdTokenClaims goes by ours
        });
        return result.IsValid ? null : result.Exception switch
        {
            SecurityTokenInvalidIssuerException => "its issuer is another one",
            SecurityTokenInvalidAudienceException => "its audience is another one",
            SecurityTokenInvalidSignatureException => "its signature is wrong",
            _ => "it can't be read",
        };
    }
}

using System.Text.Json;
using Sessions;

namespace SessionFunctions.Oidc;

/// <summary>What the payload of an id token must say (OpenID Connect Core, section 3.1.3.7).</summary>
internal static class IdTokenClaims
{
    /// <summary>The year 9999: a time past it is no time.</summary>
    private const double LastSecond = 253402300799;

    /// <summary>Why it won't do; null where it will.</summary>
    public static string? FaultOf(JsonElement payload, OidcOptions settings, string? nonce, DateTimeOffset now) =>
        Text(payload, "iss") != settings.Authority ? "its issuer is another one"
        : FaultOfAudience(payload, settings.Audience!)
        ?? FaultOfTime(payload, now.ToUnixTimeMilliseconds() / 1000d, settings.ClockSkew.TotalSeconds)
        ?? (!User.TryParse(Text(payload, "sub"), out _) ? "its subject is missing, empty or too long"
        : nonce is not null && Text(payload, "nonce") != nonce ? "its nonce isn't the one that was sent"
        : null);

    public static string? Text(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? FaultOfAudience(JsonElement payload, string audience)
    {
        if (!payload.TryGetProperty("aud", out var aud))
        {
            return "it has no audience";
        }

        if (aud.ValueKind != JsonValueKind.Array)
        {
            return Text(payload, "aud") == audience ? null : "its audience is another one";
        }

        // Meant for several, it says which of them asked for it.
        return !aud.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(audience)) ? "its audience is another one"
            : aud.GetArrayLength() > 1 && Text(payload, "azp") != audience ? "it was issued to another party"
            : null;
    }

    private static string? FaultOfTime(JsonElement payload, double now, double skew) =>
        !IsTime(payload, "exp", out var expires) || !IsTime(payload, "iat", out var issued) ? "it doesn't say when it was issued and when it expires"
        : now >= expires + skew ? "it has expired"
        : issued > now + skew ? "it was issued in the future"
        : !payload.TryGetProperty("nbf", out _) ? null
        : !IsTime(payload, "nbf", out var notBefore) ? "its beginning isn't a time"
        : notBefore > now + skew ? "it isn't valid yet"
        : null;

    private static bool IsTime(JsonElement payload, string name, out double seconds)
    {
        seconds = 0;
        return payload.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out seconds)
            && seconds is >= 0 and <= LastSecond;
    }
}

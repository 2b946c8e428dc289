using System.Text.Json;
using Sessions;

namespace SessionFunctions.Oidc;

/// <summary>
/// What the payload of an id token must say beside issuer and audience (OpenID Connect Core, section 3.1.3.7). By hand, because the
/// library takes texts for times, and time from the machine.
/// </summary>
internal static class IdTokenClaims
{
    /// <summary>The year 9999: a time past it is no time.</summary>
    private const double LastSecond = 253402300799;

    /// <summary>Why it won't do; null where it will.</summary>
    public static string? FaultOf(JsonElement payload, OidcOptions settings, string? nonce, DateTimeOffset now) =>
        !IsIssuedTo(payload, settings.Audience!) ? "it was issued to another party"
        : FaultOfTime(payload, now.ToUnixTimeMilliseconds() / 1000d, settings.ClockSkew.TotalSeconds)
        ?? (!User.TryParse(payload.Text("sub"), out _) ? "its subject is missing, empty or too long"
        : nonce is not null && payload.Text("nonce") != nonce ? "its nonce isn't the one that was sent"
        : null);

    /// <summary>A token may say which application asked for it; meant for several, it must.</summary>
    private static bool IsIssuedTo(JsonElement payload, string audience) =>
        payload.TryGetProperty("azp", out _)
            ? payload.Text("azp") == audience
            : payload.GetProperty("aud") is not { ValueKind: JsonValueKind.Array } several || several.GetArrayLength() == 1;

    private static string? FaultOfTime(JsonElement payload, double now, double skew) =>
        !IsTime(payload, "exp", out var expires) || !IsTime(payload, "iat", out var issued)
            ? "it doesn't say when it was issued and when it expires"
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

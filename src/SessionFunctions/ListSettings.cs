using Microsoft.Extensions.Configuration;
using Sessions;

namespace SessionFunctions;

/// <summary>
/// Reads settings that are lists. Each may also be one text with commas, which is easier to pass through an environment variable; and
/// what is configured replaces the default, where the platform's own binding would add to it.
/// </summary>
internal static class ListSettings
{
    public static void BindLists(this SessionOptions options, IConfiguration configuration)
    {
        var section = configuration.GetSection(SessionOptions.Section);
        options.AllowedOrigins = Of(section, "AllowedOrigins");
        options.Oidc.Claims = Of(section, "Oidc:Claims");
        options.Oidc.Algorithms = Of(section, "Oidc:Algorithms") is { Count: > 0 } named ? named : new SessionOptions.OidcSettings().Algorithms;
        options.RateLimit.TrustedProxies = Of(section, "RateLimit:TrustedProxies");
    }

    private static List<string> Of(IConfigurationSection section, string name)
    {
        var list = section.GetSection(name);
        var texts = list.GetChildren().Select(child => child.Value).Prepend(list.Value);
        return [.. texts.SelectMany(text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
    }
}

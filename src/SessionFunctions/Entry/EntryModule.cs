using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SessionFunctions.Entry;

internal static class EntryModule
{
    public static IServiceCollection AddEntry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SessionCookieOptions>().Bind(configuration.GetSection(SessionCookieOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SessionCookieOptions>, SessionCookieRules>();

        var crossSite = configuration.GetSection(CrossSiteOptions.Section);
        services.AddOptions<CrossSiteOptions>()
            .Configure(options => options.AllowedOrigins = crossSite.List(nameof(CrossSiteOptions.AllowedOrigins)))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CrossSiteOptions>, CrossSiteRules>();

        var limits = configuration.GetSection(RateLimitOptions.Section);
        services.AddOptions<RateLimitOptions>()
            .Bind(limits)
            .Configure(options => options.TrustedProxies = limits.List(nameof(RateLimitOptions.TrustedProxies)))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitRules>();
        services.AddSingleton<ClientAddressReader>();
        services.AddSingleton<RateLimits>();

        services.AddSingleton<CredentialsReader>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<CrossSiteRule>();
        services.AddSingleton(provider => new EntryStep(
            provider.GetRequiredService<CredentialsReader>(),
            provider.GetRequiredService<CrossSiteRule>(),
            provider.GetRequiredService<RateLimits>(),
            provider.GetRequiredService<ILogger<EntryStep>>()));
        return services;
    }
}

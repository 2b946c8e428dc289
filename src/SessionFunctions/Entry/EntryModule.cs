using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions;

namespace SessionFunctions.Entry;

internal static class EntryModule
{
    public static IServiceCollection AddEntry(this IServiceCollection services, IConfiguration configuration)
    {
        var cookie = configuration.GetSection(SessionCookieOptions.Section);
        services.AddOptions<SessionCookieOptions>()
            .Bind(cookie)
            .Configure(options => options.SameSite = cookie.Choice(nameof(SessionCookieOptions.SameSite), SameSiteMode.Lax))
            .ValidateOnStart();
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

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SessionFunctions.Create;

internal static class CreateModule
{
    public static IServiceCollection AddCreate(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CreateOptions>().Bind(configuration.GetSection(CreateOptions.Section));
        var limits = configuration.GetSection(RateLimitOptions.Section);
        services.AddOptions<RateLimitOptions>()
            .Bind(limits)
            .Configure(options => options.TrustedProxies = limits.List(nameof(RateLimitOptions.TrustedProxies)))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitRules>();
        services.AddSingleton<ClientAddressReader>();
        services.AddSingleton<RateLimits>();
        return services;
    }
}

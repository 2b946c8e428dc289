using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sessions.Use;

internal static class UseModule
{
    public static IServiceCollection AddUse(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RotationOptions>().Bind(configuration.GetSection(RotationOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RotationOptions>, RotationRules>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<SessionEnding>();
        services.AddSingleton<ReplayedToken>();
        services.AddSingleton<HolderAccess>();
        services.AddSingleton(provider => new HolderSessions(
            provider.GetRequiredService<SessionEnding>(),
            provider.GetRequiredService<HolderAccess>(),
            provider.GetRequiredService<IOptions<RotationOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<HolderSessions>>()));
        return services;
    }
}

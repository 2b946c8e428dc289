using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions;

namespace SessionFunctions.Use;

internal static class UseModule
{
    public static IServiceCollection AddUse(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(LogOutOptions.Section);
        services.AddOptions<LogOutOptions>()
            .Configure(options => options.ClearSiteData = section.List(nameof(LogOutOptions.ClearSiteData)))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<LogOutOptions>, LogOutRules>();
        return services;
    }
}

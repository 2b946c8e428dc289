using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;

namespace Sessions.Cleanup;

internal static class CleanupModule
{
    public static IServiceCollection AddCleanup(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CleanupOptions>()
            .Bind(configuration.GetSection(CleanupOptions.Section))
            .Configure(options => options.ReadHostTimeout(configuration[CleanupOptions.HostTimeoutSetting]))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CleanupOptions>, CleanupRules>();
        services.AddSingleton(provider => new CleanupRun(
            provider.GetRequiredService<DueRows>(),
            provider.GetRequiredService<IOptions<RowsOptions>>(),
            provider.GetRequiredService<IOptions<CleanupOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CleanupRun>>()));
        return services;
    }
}

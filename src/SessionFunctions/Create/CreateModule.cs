using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SessionFunctions.Create;

internal static class CreateModule
{
    public static IServiceCollection AddCreate(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CreateOptions>().Bind(configuration.GetSection(CreateOptions.Section));
        return services;
    }
}

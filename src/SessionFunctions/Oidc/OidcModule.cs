using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions;

namespace SessionFunctions.Oidc;

internal static class OidcModule
{
    public static IServiceCollection AddOidc(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(OidcOptions.Section);
        services.AddOptions<OidcOptions>()
            .Bind(section)
            .Configure(options =>
            {
                options.Claims = section.List(nameof(OidcOptions.Claims));
                var algorithms = section.List(nameof(OidcOptions.Algorithms));
                options.Algorithms = algorithms.Count > 0 ? algorithms : OidcOptions.DefaultAlgorithms;
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<OidcOptions>, OidcRules>();
        services.AddSingleton<ProviderKeys>();
        services.AddSingleton<IdTokenVerifier>();
        return services;
    }
}

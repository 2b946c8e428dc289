using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sessions.Rows;

internal static class RowsModule
{
    public static IServiceCollection AddRows(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RowsOptions>().Bind(configuration.GetSection(RowsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RowsOptions>, RowsRules>();
        services.AddSingleton(provider => new SessionRow(new PayloadCodec(KeyRing.Of(provider.GetRequiredService<IOptions<RowsOptions>>().Value))));
        services.AddSingleton<SessionRows>();
        services.AddSingleton<UserRows>();
        services.AddSingleton<UserLimitRow>();
        services.AddSingleton<DueRows>();
        services.AddSingleton<NotBeforeMark>();
        services.AddSingleton<TableReadiness>();
        return services;
    }
}

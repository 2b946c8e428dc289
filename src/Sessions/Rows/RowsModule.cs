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
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<RowsOptions>>().Value;
            var codec = new PayloadCodec(KeyRing.Of(options), options.AllowUnencryptedPayloads);
            return new SessionRow(codec, provider.GetRequiredService<IOptions<SizeOptions>>().Value);
        });
        services.AddSingleton<SessionRows>();
        services.AddSingleton<UserRows>();
        services.AddSingleton<UserLimitRow>();
        services.AddSingleton<DueRows>();
        services.AddSingleton<TableRow>();
        services.AddSingleton<KnownTable>();
        services.AddSingleton<UserKeys>();
        services.AddSingleton(provider => new NotBeforeMark(provider.GetRequiredService<KnownTable>()));
        services.AddSingleton(provider => new TableReadiness(provider.GetRequiredService<KnownTable>()));
        return services;
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Sessions.Table;

internal static class TableModule
{
    public static IServiceCollection AddTable(this IServiceCollection services, IConfiguration configuration)
    {
        var provider = configuration.GetSection(TableOptions.Section).Choice(nameof(TableOptions.Provider), TableProvider.Tables);
        services.AddOptions<TableOptions>().Configure(options => options.Provider = provider).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TableOptions>, TableRules>();
        if (provider == TableProvider.Memory)
        {
            services.TryAddSingleton<ITable, MemoryTable>();
        }

        return services;
    }
}

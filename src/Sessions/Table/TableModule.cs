using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Sessions.Table;

internal static class TableModule
{
    public static IServiceCollection AddTable(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(TableOptions.Section);
        services.AddOptions<TableOptions>().Bind(section).ValidateOnStart();
        if (Enum.TryParse<TableProvider>(section[nameof(TableOptions.Provider)], ignoreCase: true, out var provider) && provider == TableProvider.Memory)
        {
            services.TryAddSingleton<ITable, MemoryTable>();
        }

        return services;
    }
}

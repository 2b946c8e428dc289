using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sessions.Table;

namespace Sessions.AzureTables;

/// <summary>The table on Azure Table Storage, Azurite or Cosmos DB for Table, unless there is another already.</summary>
public static class AzureTablesModule
{
    public static IServiceCollection AddAzureTables(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AzureTableOptions>().Bind(configuration.GetSection(AzureTableOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AzureTableOptions>, AzureTableRules>();
        services.TryAddSingleton<ITable>(provider => new AzureTable(
            TableConnection.From(configuration, provider.GetRequiredService<IOptions<AzureTableOptions>>().Value).CreateClient(),
            TimeProvider.System)); // the network's time, whatever the domain's clock says
        return services;
    }
}

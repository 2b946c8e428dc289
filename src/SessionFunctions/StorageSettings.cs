using Microsoft.Extensions.Configuration;
using Sessions;
using Sessions.AzureTables;

namespace SessionFunctions;

/// <summary>
/// Finds the table: by our own settings, else by AzureWebJobsStorage, which every function app has, in each of the forms that the Functions
/// host knows (https://learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection).
/// </summary>
internal static class StorageSettings
{
    private const string HostStorage = "AzureWebJobsStorage";

    public static TableConnection Connection(IConfiguration configuration, SessionOptions options)
    {
        var (storage, host) = (options.Storage, configuration.GetSection(HostStorage));
        var own = storage.ConnectionString is not null || storage.Endpoint is not null;
        return new TableConnection
        {
            Table = storage.Table,
            ConnectionString = own ? storage.ConnectionString : host.Value,
            Endpoint = own ? storage.Endpoint : HostEndpoint(host),
            IdentityClientId = own ? null : host["clientId"],
        };
    }

    private static Uri? HostEndpoint(IConfigurationSection host) =>
        host["tableServiceUri"] is { } uri ? new Uri(uri)
        : host["accountName"] is { } account ? new Uri($"https://{account}.table.core.windows.net")
        : null;
}

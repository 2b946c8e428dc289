using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Sessions.AzureTables;

/// <summary>
/// Where the table is and how this app is let in: a connection string (development), or an endpoint with the app's Microsoft Entra
/// identity.
/// The endpoint may be one of Cosmos DB for Table.
/// </summary>
internal sealed record TableConnection
{
    private const string HostStorage = "AzureWebJobsStorage";

    public string? ConnectionString { get; init; }

    public Uri? Endpoint { get; init; }

    /// <summary>Client id of a user-assigned identity; none: AZURE_CLIENT_ID, or what else DefaultAzureCredential finds.</summary>
    public string? IdentityClientId { get; init; }

    public required string Table { get; init; }

    /// <summary>
    /// Finds the table: by our own settings, else by AzureWebJobsStorage, which every function app has, in each of the forms that the
    /// Functions
    /// host knows (https://learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection).
    /// </summary>
    public static TableConnection From(IConfiguration configuration, AzureTableOptions options)
    {
        var host = configuration.GetSection(HostStorage);
        var own = options.ConnectionString is not null || options.Endpoint is not null;
        return new TableConnection
        {
            Table = options.Table,
            ConnectionString = own ? options.ConnectionString : host.Value,
            Endpoint = own ? options.Endpoint : HostEndpoint(host),
            IdentityClientId = own ? null : host["clientId"],
        };
    }

    public TableClient CreateClient(TableClientOptions? options = null)
    {
        options ??= InteractiveOptions();
        if (ConnectionString is not null)
        {
            return new TableClient(ConnectionString, Table, options);
        }

        var endpoint = Endpoint ?? throw new InvalidOperationException(
            "No storage is configured. Set Sessions:Storage:Endpoint (Microsoft Entra identity), Sessions:Storage:ConnectionString, or AzureWebJobsStorage.");
        return new TableClient(endpoint, Table, Credential(), options);
    }

    private static Uri? HostEndpoint(IConfigurationSection host) =>
        host["tableServiceUri"] is { } uri ? new Uri(uri)
        : host["accountName"] is { } account ? new Uri($"https://{account}.table.core.windows.net")
        : null;

    private DefaultAzureCredential Credential()
    {
        var credential = new DefaultAzureCredentialOptions();
        if (IdentityClientId is not null)
        {
            credential.ManagedIdentityClientId = IdentityClientId; // set to null it would hide AZURE_CLIENT_ID
        }

        return new DefaultAzureCredential(credential);
    }

    /// <summary>
    /// A user is waiting: few retries, soon, and no request that hangs. All of them together have <see cref="Patience.Limit"/>, in which
    /// one that hangs leaves time for another: the connection may have been at fault, and not the service.
    /// </summary>
    public static TableClientOptions InteractiveOptions() => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = 3,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(1),
            NetworkTimeout = TimeSpan.FromSeconds(1.8),
        },
    };
}

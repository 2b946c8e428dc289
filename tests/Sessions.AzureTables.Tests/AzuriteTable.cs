using Azure.Data.Tables;
using SessionFunctions.Testing;

namespace Sessions.AzureTables.Tests;

internal static class AzuriteTable
{
    /// <summary>A table of its own name, which isn't made before the first write.</summary>
    public static AzureTable New(TableClientOptions? options = null, TimeProvider? time = null)
    {
        var azurite = Azurite.SharedAsync().GetAwaiter().GetResult();
        var connection = new TableConnection { ConnectionString = azurite.ConnectionString, Table = $"t{Guid.NewGuid():n}" };
        return new AzureTable(connection.CreateClient(options), time ?? TimeProvider.System);
    }
}

using SessionFunctions.Testing;

namespace Azure.Data.Tables.Tests;

/// <summary>A table of its own for one test, on the Azurite that the whole run shares.</summary>
internal static class TestTable
{
    public static async Task<TableClient> CreateAsync(TableClientOptions? options = null)
    {
        var table = await NotCreatedAsync(options);
        await table.CreateAsync();
        return table;
    }

    public static async Task<TableClient> NotCreatedAsync(TableClientOptions? options = null)
    {
        var azurite = await Azurite.SharedAsync();
        return new TableClient(azurite.ConnectionString, NewName(), options);
    }

    public static string NewName() => $"t{Guid.NewGuid():N}";
}

using SessionFunctions.Testing;

namespace Azure.Data.Tables.Tests;

/// <summary>The helper that every other suite stands on.</summary>
public sealed class AzuriteTests
{
    [Fact]
    public async Task Rows_in_a_folder_survive_a_restart_on_the_same_port()
    {
        var folder = Directory.CreateTempSubdirectory("azurite-");
        try
        {
            await using var azurite = await Azurite.StartAsync(folder.FullName);
            var port = azurite.Port;
            var table = new TableClient(azurite.ConnectionString, TestTable.NewName());
            await table.CreateAsync();
            await table.AddEntityAsync(new TableEntity("p", "r"));

            await azurite.StopAsync();
            await azurite.StartAgainAsync();

            Assert.Equal(port, azurite.Port);
            Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Instances_started_at_once_take_different_ports()
    {
        var instances = await Task.WhenAll(Azurite.StartAsync(), Azurite.StartAsync());

        Assert.NotEqual(instances[0].Port, instances[1].Port);
        foreach (var azurite in instances)
        {
            await azurite.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_reported()
    {
        var shared = await Azurite.SharedAsync();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Azurite.StartAsync(port: shared.Port));

        Assert.Contains("EADDRINUSE", failure.Message, StringComparison.Ordinal);
    }
}

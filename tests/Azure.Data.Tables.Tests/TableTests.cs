using Azure.Data.Tables.Models;
using SessionFunctions.Testing;

namespace Azure.Data.Tables.Tests;

public sealed class TableTests
{
    [Fact]
    public async Task Creating_a_table_that_exists_fails_with_TableAlreadyExists()
    {
        var table = await TestTable.NotCreatedAsync();

        var created = await table.CreateAsync();
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateAsync());

        Assert.Equal(table.Name, created.Value.Name);
        Assert.Equal(409, failure.Status);
        Assert.Equal("TableAlreadyExists", failure.ErrorCode);
        Assert.True(failure.ErrorCode == TableErrorCode.TableAlreadyExists);
    }

    [Fact]
    public async Task Creating_a_table_if_it_does_not_exist_can_be_repeated()
    {
        var table = await TestTable.NotCreatedAsync();

        var first = await table.CreateIfNotExistsAsync();
        var second = await table.CreateIfNotExistsAsync();

        Assert.Equal(204, first.GetRawResponse().Status);
        Assert.Equal(409, second.GetRawResponse().Status);
        Assert.Equal(table.Name, second.Value.Name);
    }

    [Fact]
    public async Task An_entity_cannot_be_added_to_a_table_that_does_not_exist()
    {
        var table = await TestTable.NotCreatedAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(404, failure.Status);
        Assert.Equal("TableNotFound", failure.ErrorCode);
    }

    [Fact]
    public async Task A_deleted_table_is_gone_and_deleting_it_again_does_no_harm()
    {
        var table = await TestTable.CreateAsync();

        await table.DeleteAsync();
        var again = await table.DeleteAsync();

        Assert.Equal(404, again.Status);
        await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));
    }

    [Fact]
    public async Task A_service_client_creates_lists_and_deletes_tables()
    {
        var service = new TableServiceClient((await Azurite.SharedAsync()).ConnectionString);
        var name = TestTable.NewName();

        await service.CreateTableIfNotExistsAsync(name);
        await service.CreateTableIfNotExistsAsync(name);
        var before = await NamesAsync(service);
        await service.DeleteTableAsync(name);
        var after = await NamesAsync(service);

        Assert.Contains(name, before);
        Assert.DoesNotContain(name, after);
    }

    [Fact]
    public async Task Tables_can_be_listed_by_a_filter()
    {
        var service = new TableServiceClient((await Azurite.SharedAsync()).ConnectionString);
        var name = TestTable.NewName();
        await service.CreateTableAsync(name);
        await service.CreateTableAsync(TestTable.NewName());

        var names = await NamesAsync(service, TableServiceClient.CreateQueryFilter($"TableName eq {name}"));

        Assert.Equal([name], names);
    }

    [Fact]
    public async Task A_service_client_hands_out_clients_of_its_tables()
    {
        var azurite = await Azurite.SharedAsync();
        var service = new TableServiceClient(azurite.ConnectionString);
        var table = service.GetTableClient(TestTable.NewName());
        await table.CreateAsync();

        await table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal("devstoreaccount1", service.AccountName);
        Assert.Equal(service.AccountName, table.AccountName);
        Assert.Equal(azurite.TableEndpoint, service.Uri);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    private static async Task<List<string>> NamesAsync(TableServiceClient service, string? filter = null)
    {
        var names = new List<string>();
        await foreach (var table in service.QueryAsync(filter))
        {
            names.Add(table.Name);
        }

        return names;
    }
}

using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Tests;

public sealed class EntityTests
{
    [Fact]
    public async Task An_added_entity_reads_back_with_keys_timestamp_and_etag()
    {
        var table = await TestTable.CreateAsync();

        var added = await table.AddEntityAsync(new TableEntity("p", "r") { ["Name"] = "first" });
        var entity = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal(204, added.Status);
        Assert.Equal("p", entity.PartitionKey);
        Assert.Equal("r", entity.RowKey);
        Assert.Equal("first", entity.GetString("Name"));
        Assert.InRange(entity.Timestamp!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Equal(added.Headers.ETag, entity.ETag);
    }

    [Fact]
    public async Task Adding_an_entity_twice_fails_with_EntityAlreadyExists()
    {
        var table = await TestTable.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(409, failure.Status);
        Assert.Equal("EntityAlreadyExists", failure.ErrorCode);
        Assert.True(TableErrorCode.EntityAlreadyExists == failure.ErrorCode);
    }

    [Fact]
    public async Task Reading_an_absent_entity_fails_with_ResourceNotFound()
    {
        var table = await TestTable.CreateAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "r"));

        Assert.Equal(404, failure.Status);
        Assert.Equal("ResourceNotFound", failure.ErrorCode);
    }

    [Fact]
    public async Task Reading_an_absent_entity_if_it_exists_gives_no_value_and_throws_nothing()
    {
        var table = await TestTable.CreateAsync();

        var response = await table.GetEntityIfExistsAsync<TableEntity>("p", "r");

        Assert.False(response.HasValue);
        Assert.Equal(404, response.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => response.Value);
    }

    [Fact]
    public async Task Selecting_properties_returns_only_those()
    {
        var table = await TestTable.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2L, ["C"] = "3" });

        var entity = (await table.GetEntityAsync<TableEntity>("p", "r", ["A", "B"])).Value;

        Assert.Equal(1, entity.GetInt32("A"));
        Assert.Equal(2, entity.GetInt64("B"));
        Assert.False(entity.ContainsKey("C"));
    }

    [Fact]
    public async Task A_property_that_is_null_is_not_stored()
    {
        var table = await TestTable.CreateAsync();

        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = null, ["B"] = "b" });
        var entity = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Null(entity.GetString("A"));
        Assert.Equal("b", entity.GetString("B"));
    }
}

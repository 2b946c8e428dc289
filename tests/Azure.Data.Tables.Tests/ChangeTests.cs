namespace Azure.Data.Tables.Tests;

public sealed class ChangeTests
{
    private static readonly ETag Stale = new("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"");

    [Fact]
    public async Task A_merge_keeps_the_properties_that_it_does_not_name()
    {
        var table = await TableWithRowAsync();

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["B"] = "changed" }, ETag.All);

        var entity = await ReadAsync(table);
        Assert.Equal("a", entity.GetString("A"));
        Assert.Equal("changed", entity.GetString("B"));
    }

    [Fact]
    public async Task A_replace_drops_the_properties_that_it_does_not_name()
    {
        var table = await TableWithRowAsync();

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["B"] = "changed" }, ETag.All, TableUpdateMode.Replace);

        var entity = await ReadAsync(table);
        Assert.Null(entity.GetString("A"));
        Assert.Equal("changed", entity.GetString("B"));
    }

    [Fact]
    public async Task A_merge_can_change_the_type_of_a_property()
    {
        var table = await TableWithRowAsync();

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 1L << 60, ["B"] = new byte[] { 1, 2 } }, ETag.All);

        var entity = await ReadAsync(table);
        Assert.Equal(1L << 60, entity.GetInt64("A"));
        Assert.Equal([1, 2], entity.GetBinary("B"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_with_the_current_etag_succeeds_and_answers_with_the_next(TableUpdateMode mode)
    {
        var table = await TableWithRowAsync();
        var before = await ReadAsync(table);
        before["B"] = "changed";

        var response = await table.UpdateEntityAsync(before, before.ETag, mode);

        var after = await ReadAsync(table);
        Assert.Equal("changed", after.GetString("B"));
        Assert.NotEqual(before.ETag, after.ETag);
        Assert.Equal(after.ETag, response.Headers.ETag);
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_with_a_stale_etag_fails_with_UpdateConditionNotSatisfied(TableUpdateMode mode)
    {
        var table = await TableWithRowAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.UpdateEntityAsync(new TableEntity("p", "r") { ["B"] = "changed" }, Stale, mode));

        Assert.Equal(412, failure.Status);
        Assert.Equal("UpdateConditionNotSatisfied", failure.ErrorCode);
        Assert.Equal("b", (await ReadAsync(table)).GetString("B"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_of_an_absent_entity_fails_with_ResourceNotFound(TableUpdateMode mode)
    {
        var table = await TestTable.CreateAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All, mode));

        Assert.Equal(404, failure.Status);
        Assert.Equal("ResourceNotFound", failure.ErrorCode);
    }

    [Fact]
    public async Task An_update_without_an_etag_is_refused()
    {
        var table = await TestTable.NotCreatedAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, "a")]
    [InlineData(TableUpdateMode.Replace, null)]
    public async Task An_upsert_inserts_first_and_changes_then(TableUpdateMode mode, string? kept)
    {
        var table = await TestTable.CreateAsync();

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = "a" }, mode);
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = "b" }, mode);

        var entity = await ReadAsync(table);
        Assert.Equal(kept, entity.GetString("A"));
        Assert.Equal("b", entity.GetString("B"));
    }

    [Fact]
    public async Task A_delete_with_a_stale_etag_fails_and_deletes_nothing()
    {
        var table = await TableWithRowAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", Stale));

        Assert.Equal(412, failure.Status);
        Assert.Equal("UpdateConditionNotSatisfied", failure.ErrorCode);
        Assert.NotNull(await ReadAsync(table));
    }

    [Fact]
    public async Task A_delete_with_the_current_etag_deletes()
    {
        var table = await TableWithRowAsync();
        var entity = await ReadAsync(table);

        var response = await table.DeleteEntityAsync(entity, entity.ETag);

        Assert.Equal(204, response.Status);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task A_delete_without_an_etag_deletes_any_version()
    {
        var table = await TableWithRowAsync();

        await table.DeleteEntityAsync("p", "r");

        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task Deleting_an_absent_entity_throws_nothing()
    {
        var table = await TestTable.CreateAsync();

        var response = await table.DeleteEntityAsync("p", "r");

        Assert.Equal(404, response.Status);
    }

    private static async Task<TableClient> TableWithRowAsync()
    {
        var table = await TestTable.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "a", ["B"] = "b" });
        return table;
    }

    private static async Task<TableEntity> ReadAsync(TableClient table) => (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
}

using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Tests;

public sealed class TransactionTests
{
    [Fact]
    public async Task A_transaction_of_a_hundred_mixed_actions_changes_all_of_them()
    {
        var table = await TestTable.CreateAsync();
        await AddAsync(table, 60);

        var actions = new List<TableTransactionAction>();
        for (var i = 0; i < 20; i++)
        {
            actions.Add(new(TableTransactionActionType.UpdateMerge, Row(i, "merged"), ETag.All));
            actions.Add(new(TableTransactionActionType.UpdateReplace, Row(20 + i, "replaced"), ETag.All));
            actions.Add(new(TableTransactionActionType.Delete, Row(40 + i, "")));
            actions.Add(new(TableTransactionActionType.Add, Row(60 + i, "added")));
            actions.Add(new(i % 2 == 0 ? TableTransactionActionType.UpsertMerge : TableTransactionActionType.UpsertReplace, Row(80 + i, "upserted")));
        }

        var response = await table.SubmitTransactionAsync(actions);
        var rows = await RowsAsync(table);

        Assert.Equal(202, response.GetRawResponse().Status);
        Assert.Equal(100, response.Value.Count);
        Assert.All(response.Value, part => Assert.Equal(204, part.Status));
        Assert.Equal(80, rows.Count);
        Assert.All(rows.Take(20), row => Assert.Equal(("merged", 1), (row.GetString("State"), row.GetInt32("Kept"))));
        Assert.All(rows.Skip(20).Take(20), row => Assert.Equal(("replaced", null), (row.GetString("State"), row.GetInt32("Kept"))));
        Assert.All(rows.Skip(40).Take(20), row => Assert.Equal("added", row.GetString("State")));
        Assert.All(rows.Skip(60).Take(20), row => Assert.Equal("upserted", row.GetString("State")));
    }

    [Fact]
    public async Task Each_response_carries_the_etag_of_the_entity_at_its_index()
    {
        var table = await TestTable.CreateAsync();
        await AddAsync(table, 1);

        var response = await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Row(1, "added")),
            new(TableTransactionActionType.UpdateMerge, Row(0, "merged"), ETag.All),
            new(TableTransactionActionType.UpsertReplace, Row(2, "upserted")),
        ]);

        Assert.Equal((await ReadAsync(table, 1)).ETag, response.Value[0].Headers.ETag);
        Assert.Equal((await ReadAsync(table, 0)).ETag, response.Value[1].Headers.ETag);
        Assert.Equal((await ReadAsync(table, 2)).ETag, response.Value[2].Headers.ETag);
    }

    [Fact]
    public async Task The_etag_of_a_response_matches_in_the_next_transaction()
    {
        var table = await TestTable.CreateAsync();
        var first = await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, Row(0, "first"))]);

        await table.SubmitTransactionAsync(
            [new(TableTransactionActionType.UpdateReplace, Row(0, "second"), first.Value[0].Headers.ETag!.Value)]);

        Assert.Equal("second", (await ReadAsync(table, 0)).GetString("State"));
    }

    [Fact]
    public async Task Deleting_an_absent_entity_rolls_back_the_whole_transaction()
    {
        var table = await TestTable.CreateAsync();
        await AddAsync(table, 2);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Row(5, "added")),
            new(TableTransactionActionType.UpdateMerge, Row(0, "merged"), ETag.All),
            new(TableTransactionActionType.Delete, Row(1, "")),
            new(TableTransactionActionType.Delete, Row(9, "")),
            new(TableTransactionActionType.Add, Row(6, "added")),
        ]));

        Assert.Equal(404, failure.Status);
        Assert.True(TableErrorCode.ResourceNotFound == failure.ErrorCode);
        Assert.Equal(3, failure.FailedTransactionActionIndex);
        await AssertUntouchedAsync(table, 2);
    }

    [Theory]
    [InlineData(TableTransactionActionType.UpdateMerge)]
    [InlineData(TableTransactionActionType.UpdateReplace)]
    [InlineData(TableTransactionActionType.Delete)]
    public async Task A_stale_etag_rolls_back_the_whole_transaction(TableTransactionActionType type)
    {
        var table = await TestTable.CreateAsync();
        await AddAsync(table, 3);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Delete, Row(0, "")),
            new(type, Row(1, "never"), new ETag("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"")),
            new(TableTransactionActionType.Add, Row(6, "added")),
        ]));

        Assert.Equal(412, failure.Status);
        Assert.Equal("UpdateConditionNotSatisfied", failure.ErrorCode);
        Assert.Equal(1, failure.FailedTransactionActionIndex);
        await AssertUntouchedAsync(table, 3);
    }

    [Fact]
    public async Task Adding_an_entity_that_exists_rolls_back_the_whole_transaction()
    {
        var table = await TestTable.CreateAsync();
        await AddAsync(table, 1);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Row(1, "added")),
            new(TableTransactionActionType.Add, Row(2, "added")),
            new(TableTransactionActionType.Add, Row(0, "added")),
        ]));

        Assert.Equal(409, failure.Status);
        Assert.Equal("EntityAlreadyExists", failure.ErrorCode);
        Assert.Equal(2, failure.FailedTransactionActionIndex);
        await AssertUntouchedAsync(table, 1);
    }

    [Fact]
    public async Task An_update_with_any_etag_never_inserts()
    {
        var table = await TestTable.CreateAsync();

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [new(TableTransactionActionType.UpdateMerge, Row(0, "merged"), ETag.All)]));

        Assert.Equal(404, failure.Status);
        Assert.Equal(0, failure.FailedTransactionActionIndex);
        Assert.Empty(await RowsAsync(table));
    }

    [Fact]
    public async Task A_transaction_without_actions_is_refused()
    {
        var table = await TestTable.NotCreatedAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => table.SubmitTransactionAsync([]));
    }

    [Fact]
    public async Task A_transaction_carries_every_property_type()
    {
        var table = await TestTable.CreateAsync();
        var entity = SampleEntity.WithEveryType("p", "r");

        await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, entity)]);

        SampleEntity.AssertSame(entity, (await table.GetEntityAsync<TableEntity>("p", "r")).Value);
    }

    private static TableEntity Row(int number, string state) => new("p", $"r:{number:D3}") { ["State"] = state };

    private static async Task AddAsync(TableClient table, int count) => await table.SubmitTransactionAsync(
        Enumerable.Range(0, count).Select(i =>
        {
            var row = Row(i, "initial");
            row["Kept"] = 1;
            return new TableTransactionAction(TableTransactionActionType.Add, row);
        }));

    private static async Task<TableEntity> ReadAsync(TableClient table, int number) =>
        (await table.GetEntityAsync<TableEntity>("p", Row(number, "").RowKey)).Value;

    private static async Task<List<TableEntity>> RowsAsync(TableClient table)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>())
        {
            rows.Add(row);
        }

        return rows;
    }

    private static async Task AssertUntouchedAsync(TableClient table, int count)
    {
        var rows = await RowsAsync(table);
        Assert.Equal(Enumerable.Range(0, count).Select(i => Row(i, "").RowKey), rows.Select(row => row.RowKey));
        Assert.All(rows, row => Assert.Equal("initial", row.GetString("State")));
    }
}

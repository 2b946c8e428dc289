namespace Azure.Data.Tables.Tests;

public sealed class KeyTests
{
    public static TheoryData<string> OddKeys { get; } =
    [
        "",
        "plain",
        "x:20260228235959:a1-b2",
        "it's",
        "''",
        "with space",
        " ends ",
        "100%",
        "%27",
        "%2F",
        "a+b",
        "a=b&c=d",
        "(a,b)",
        "[a]{b}",
        "a;b,c",
        "@a$b!c*",
        "\"quoted\"",
        "<tag>",
        "~`^|",
        "..",
        "äöü ß",
        "漢字",
        "🙂",
    ];

    [Theory]
    [MemberData(nameof(OddKeys))]
    public async Task A_row_is_found_changed_and_deleted_under_any_key(string key)
    {
        var table = await TestTable.CreateAsync();
        await table.AddEntityAsync(new TableEntity("other", "other"));

        await table.AddEntityAsync(new TableEntity(key, key) { ["A"] = 1 });
        await table.UpdateEntityAsync(new TableEntity(key, key) { ["B"] = 2 }, ETag.All);
        var entity = (await table.GetEntityAsync<TableEntity>(key, key)).Value;
        await table.DeleteEntityAsync(key, key, entity.ETag);

        Assert.Equal((key, key, 1, 2), (entity.PartitionKey, entity.RowKey, entity.GetInt32("A"), entity.GetInt32("B")));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>(key, key)).HasValue);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("other", "other")).HasValue);
    }

    [Theory]
    [MemberData(nameof(OddKeys))]
    public async Task A_row_is_found_by_a_filter_on_any_key(string key)
    {
        var table = await TestTable.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "other"));
        await table.AddEntityAsync(new TableEntity("p", key));

        var found = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {"p"} and RowKey eq {key}")))
        {
            found.Add(row.RowKey);
        }

        Assert.Equal([key], found);
    }

    [Theory]
    [MemberData(nameof(OddKeys))]
    public async Task A_transaction_reaches_rows_under_any_key(string key)
    {
        var table = await TestTable.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", key));

        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.UpdateMerge, new TableEntity("p", key) { ["A"] = 1 }, ETag.All),
            new(TableTransactionActionType.Add, new TableEntity("p", key + "2")),
        ]);

        Assert.Equal(1, (await table.GetEntityAsync<TableEntity>("p", key)).Value.GetInt32("A"));
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", key + "2")).HasValue);
    }
}

using SessionFunctions.Testing;

namespace Azure.Data.Tables.Tests;

public sealed class QueryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_filter_and_a_selection_apply_together()
    {
        var table = await TestTable.CreateAsync();
        await AddAsync(table, 10);

        var rows = await ReadAsync(table.QueryAsync<TableEntity>("Number ge 7", select: ["RowKey", "Number"]));

        Assert.Equal(["r:0007", "r:0008", "r:0009"], rows.Select(row => row.RowKey));
        Assert.All(rows, row => Assert.False(row.ContainsKey("Time")));
        Assert.All(rows, row => Assert.NotNull(row.GetInt32("Number")));
    }

    [Fact]
    public async Task Values_of_every_type_can_stand_in_a_filter()
    {
        var table = await TestTable.CreateAsync();
        await AddAsync(table, 10);
        var guid = GuidOf(4);

        Assert.Equal(3, await CountAsync(table, $"Number lt {3}"));
        Assert.Equal(2, await CountAsync(table, $"Large ge {(1L << 53) + 8}"));
        Assert.Equal(4, await CountAsync(table, $"Time le {Start.AddSeconds(3)}"));
        Assert.Equal(4, await CountAsync(table, $"Time le {Start.AddSeconds(3).UtcDateTime}"));
        Assert.Equal(5, await CountAsync(table, $"Even eq {true}"));
        Assert.Equal(1, await CountAsync(table, $"Guid eq {guid}"));
        Assert.Equal(1, await CountAsync(table, $"Text eq {"it's 5"}"));
        Assert.Equal(2, await CountAsync(table, $"RowKey ge {"r:0003"} and RowKey lt {"r:0005"}"));
        Assert.Equal(2, await CountAsync(table, $"Half gt {3.5}"));
    }

    [Fact]
    public void Filters_are_OData_literals()
    {
        var time = new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2)).AddTicks(1200000);

        Assert.Equal("A eq 'it''s'", TableClient.CreateQueryFilter($"A eq {"it's"}"));
        Assert.Equal("A eq 1 and B eq 2L", TableClient.CreateQueryFilter($"A eq {1} and B eq {2L}"));
        Assert.Equal("A eq true or not (B eq false)", TableClient.CreateQueryFilter($"A eq {true} or not (B eq {false})"));
        Assert.Equal("A eq datetime'2026-01-02T03:04:05.12Z'", TableClient.CreateQueryFilter($"A eq {time}"));
        Assert.Equal(
            "A eq guid'0f8fad5b-d9cb-469f-a165-70867728950e'",
            TableClient.CreateQueryFilter($"A eq {new Guid("0f8fad5b-d9cb-469f-a165-70867728950e")}"));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {new Uri("http://localhost")}"));
    }

    [Fact]
    public async Task More_than_a_page_of_rows_is_read_to_the_end_in_order()
    {
        var table = await TestTable.CreateAsync();
        await AddAsync(table, 1_050);

        var rows = await ReadAsync(table.QueryAsync<TableEntity>("PartitionKey eq 'p'"));

        Assert.Equal(Enumerable.Range(0, 1_050), rows.Select(row => row.GetInt32("Number")!.Value));
    }

    [Fact]
    public async Task Pages_are_as_long_as_asked_for()
    {
        var table = await TestTable.CreateAsync();
        await AddAsync(table, 25);

        var sizes = new List<int>();
        await foreach (var page in table.QueryAsync<TableEntity>(maxPerPage: 10).AsPages())
        {
            sizes.Add(page.Values.Count);
        }

        var hinted = new List<int>();
        await foreach (var page in table.QueryAsync<TableEntity>(maxPerPage: 10).AsPages(pageSizeHint: 20))
        {
            hinted.Add(page.Values.Count);
        }

        Assert.Equal([10, 10, 5], sizes);
        Assert.Equal([20, 5], hinted);
    }

    [Fact]
    public async Task A_continuation_token_resumes_in_another_client()
    {
        var table = await TestTable.CreateAsync();
        await AddAsync(table, 30);
        string? token = null;
        await foreach (var page in table.QueryAsync<TableEntity>(maxPerPage: 12).AsPages())
        {
            token = page.ContinuationToken;
            break;
        }

        var other = new TableClient((await Azurite.SharedAsync()).ConnectionString, table.Name);
        var rest = new List<int>();
        await foreach (var page in other.QueryAsync<TableEntity>().AsPages(token))
        {
            rest.AddRange(page.Values.Select(row => row.GetInt32("Number")!.Value));
        }

        Assert.Equal(Enumerable.Range(12, 18), rest);
    }

    [Fact]
    public async Task An_empty_page_with_a_continuation_does_not_end_the_query()
    {
        var transport = new StubTransport(call => call switch
        {
            1 => new StubResponse(
                200,
                """{"value":[]}""",
                ("Content-Type", "application/json"),
                ("x-ms-continuation-NextPartitionKey", "1!4!cA--"),
                ("x-ms-continuation-NextRowKey", "1!4!cg--")),
            _ => new StubResponse(200, """{"value":[{"PartitionKey":"p","RowKey":"r"}]}""", ("Content-Type", "application/json")),
        });
        var table = new TableClient(
            new Uri("https://account.table.core.windows.net"),
            "table",
            new TableSharedKeyCredential("account", "a2V5"),
            new TableClientOptions { Transport = transport });

        var rows = await ReadAsync(table.QueryAsync<TableEntity>());

        Assert.Equal("r", Assert.Single(rows).RowKey);
        Assert.Contains("NextPartitionKey=1%214%21cA--", transport.Requests[1].Uri.Query, StringComparison.Ordinal);
        Assert.Contains("NextRowKey=1%214%21cg--", transport.Requests[1].Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_query_stops()
    {
        var table = await TestTable.CreateAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ReadAsync(table.QueryAsync<TableEntity>(cancellationToken: cancelled.Token)));
    }

    private static async Task AddAsync(TableClient table, int count)
    {
        foreach (var hundred in Enumerable.Range(0, count).Chunk(100))
        {
            await table.SubmitTransactionAsync(hundred.Select(i => new TableTransactionAction(TableTransactionActionType.Add, Row(i))));
        }
    }

    private static TableEntity Row(int i) => new("p", $"r:{i:D4}")
    {
        ["Number"] = i,
        ["Large"] = (1L << 53) + i,
        ["Time"] = Start.AddSeconds(i),
        ["Even"] = i % 2 == 0,
        ["Guid"] = GuidOf(i),
        ["Text"] = $"it's {i}",
        ["Half"] = i / 2.0,
    };

    private static Guid GuidOf(int i) => new(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    private static async Task<int> CountAsync(TableClient table, FormattableString filter) =>
        (await ReadAsync(table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(filter)))).Count;

    private static async Task<List<TableEntity>> ReadAsync(AsyncPageable<TableEntity> pages)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in pages)
        {
            rows.Add(row);
        }

        return rows;
    }
}

using Sessions.Table;

namespace SessionFunctions.Testing.Contract;

/// <summary>What every table must do, whatever keeps its rows.</summary>
public abstract class TableContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private const string Shard = "0a";

    [Fact]
    public async Task A_missing_row_is_null_also_before_the_table_exists() =>
        Assert.Null(await NewTable().FindAsync(Shard, "s:none", default));

    [Fact]
    public async Task A_range_before_the_table_exists_is_empty() =>
        Assert.Empty(await KeysAsync(NewTable(), "a", "z"));

    [Fact]
    public async Task Every_type_of_column_comes_back_as_it_was()
    {
        var table = NewTable();
        var time = new DateTimeOffset(2031, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);
        var written = new Dictionary<string, object>
        {
            ["text"] = "grün 'quoted' \"twice\" \\ <&> \u2028 🦊",
            ["empty"] = "",
            ["yes"] = true,
            ["no"] = false,
            ["big"] = long.MaxValue,
            ["small"] = -1L,
            ["number"] = 42,
            ["time"] = time,
            ["bytes"] = Enumerable.Range(0, TableLimits.ColumnBytes).Select(i => (byte)i).ToArray(),
        };
        await ApplyAsync(table, new RowBatch(Shard).Insert("s:a", written));

        var row = await table.FindAsync(Shard, "s:a", default);

        Assert.Equal(written, row!.Columns);
    }

    [Fact]
    public async Task An_insert_of_a_row_that_is_there_is_refused()
    {
        var table = NewTable();
        await ApplyAsync(table, new RowBatch(Shard).Insert("s:a", One(1)));

        var outcome = await table.SubmitAsync(new RowBatch(Shard).Insert("s:b", One(2)).Insert("s:a", One(3)), default);

        Assert.Equal((RowConflict.Exists, 1), (outcome.Conflict, outcome.Index));
        Assert.Null(await table.FindAsync(Shard, "s:b", default));
    }

    [Fact]
    public async Task A_batch_with_a_missing_row_changes_nothing_and_says_which()
    {
        var table = NewTable();
        await ApplyAsync(table, new RowBatch(Shard).Insert("s:a", One(1)));

        var outcome = await table.SubmitAsync(
            new RowBatch(Shard).Merge("s:a", One(2), null).Insert("s:new", One(1)).Delete("s:gone"), default);

        Assert.Equal((RowConflict.Missing, 2), (outcome.Conflict, outcome.Index));
        Assert.Equal(1L, (await table.FindAsync(Shard, "s:a", default))!.Number("n"));
        Assert.Null(await table.FindAsync(Shard, "s:new", default));
    }

    [Theory]
    [InlineData(RowAction.Merge)]
    [InlineData(RowAction.Replace)]
    [InlineData(RowAction.Delete)]
    public async Task A_batch_with_a_stale_etag_changes_nothing_and_says_which(RowAction action)
    {
        var table = NewTable();
        var stale = (await ApplyAsync(table, new RowBatch(Shard).Insert("s:a", One(1)))).ETag(0);
        await ApplyAsync(table, new RowBatch(Shard).Merge("s:a", One(2), stale));

        var batch = new RowBatch(Shard).Insert("s:new", One(1));
        var outcome = await table.SubmitAsync(
            action switch
            {
                RowAction.Merge => batch.Merge("s:a", One(3), stale),
                RowAction.Replace => batch.Replace("s:a", One(3), stale),
                _ => batch.Delete("s:a", stale),
            },
            default);

        Assert.Equal((RowConflict.Changed, 1), (outcome.Conflict, outcome.Index));
        Assert.Equal(2L, (await table.FindAsync(Shard, "s:a", default))!.Number("n"));
        Assert.Null(await table.FindAsync(Shard, "s:new", default));
    }

    [Theory]
    [InlineData(RowAction.Merge)]
    [InlineData(RowAction.Replace)]
    public async Task An_update_never_inserts(RowAction action)
    {
        var table = NewTable();
        await ApplyAsync(table, new RowBatch(Shard).Insert("s:other", One(1)));
        var batch = new RowBatch(Shard);
        batch = action == RowAction.Merge ? batch.Merge("s:a", One(1), null) : batch.Replace("s:a", One(1), null);

        var outcome = await table.SubmitAsync(batch, default);

        Assert.Equal(RowConflict.Missing, outcome.Conflict);
        Assert.Null(await table.FindAsync(Shard, "s:a", default));
    }

    [Fact]
    public async Task The_etags_of_a_batch_are_those_of_the_rows_it_left()
    {
        var table = NewTable();
        await ApplyAsync(table, new RowBatch(Shard).Insert("s:gone", One(1)));

        var outcome = await ApplyAsync(table, new RowBatch(Shard).Insert("s:a", One(1)).Delete("s:gone").Insert("s:b", One(2)));

        Assert.Equal((await table.FindAsync(Shard, "s:a", default))!.ETag, outcome.ETag(0));
        Assert.Equal((await table.FindAsync(Shard, "s:b", default))!.ETag, outcome.ETag(2));
    }

    [Fact]
    public async Task A_merge_keeps_the_other_columns_and_a_replace_drops_them()
    {
        var table = NewTable();
        var two = new Dictionary<string, object> { ["n"] = 1L, ["m"] = 1L };
        await ApplyAsync(table, new RowBatch(Shard).Insert("s:merged", two).Insert("s:replaced", two));

        await ApplyAsync(table, new RowBatch(Shard).Merge("s:merged", One(2), null).Replace("s:replaced", One(2), null));

        Assert.Equal(["m", "n"], (await table.FindAsync(Shard, "s:merged", default))!.Columns.Keys.Order());
        Assert.Equal(["n"], (await table.FindAsync(Shard, "s:replaced", default))!.Columns.Keys);
    }

    [Fact]
    public async Task A_range_has_its_first_key_and_not_its_last_in_order_with_the_columns_asked_for()
    {
        var table = NewTable();
        var two = new Dictionary<string, object> { ["n"] = 1L, ["m"] = 2L };
        await ApplyAsync(table, new RowBatch(Shard).Insert("x:3", two).Insert("x:1", two).Insert("x:2", two).Insert("s:1", two));
        await ApplyAsync(table, new RowBatch("0b").Insert("x:2", two));

        Assert.Equal(["x:1", "x:2"], await KeysAsync(table, "x:1", "x:3"));
        await foreach (var page in table.RangeAsync(new RowRange(Shard, "x:", "x;", ["m"]), default))
        {
            Assert.All(page, row => Assert.Equal(["m"], row.Columns.Keys));
        }
    }

    [Fact]
    public async Task A_range_of_more_than_a_page_comes_whole_and_in_order()
    {
        var table = NewTable();
        var keys = Enumerable.Range(0, TableLimits.PageRows + 60).Select(i => $"x:{i:d5}").ToArray();
        foreach (var chunk in keys.Chunk(TableLimits.BatchOperations))
        {
            await ApplyAsync(table, chunk.Aggregate(new RowBatch(Shard), (batch, key) => batch.Insert(key, One(1))));
        }

        Assert.Equal(keys, await KeysAsync(table, "x:", "x;"));
    }

    [Fact]
    public async Task What_the_real_service_refuses_is_refused_before_it_is_sent()
    {
        var table = NewTable();
        await ThrowsAsync(new RowBatch(Shard));
        await ThrowsAsync(Enumerable.Range(0, 101).Aggregate(new RowBatch(Shard), (batch, i) => batch.Delete($"s:{i}")));
        await ThrowsAsync(new RowBatch(Shard).Delete("s:a").Delete("s:a"));
        await ThrowsAsync(new RowBatch(Shard).Insert("S:Upper", One(1)));
        await ThrowsAsync(new RowBatch(Shard).Insert("s:" + new string('a', 254), One(1)));
        await ThrowsAsync(new RowBatch(Shard).Insert("s:a", new Dictionary<string, object> { ["Id"] = 1L }));
        await ThrowsAsync(new RowBatch(Shard).Insert("s:a", Columns(1, new byte[TableLimits.ColumnBytes + 1])));
        await ThrowsAsync(new RowBatch(Shard).Insert("s:a", Columns(17, new byte[TableLimits.ColumnBytes])));
        await ThrowsAsync(new RowBatch(Shard).Insert("s:a", Columns(253, 1L)));
        await ThrowsAsync(Enumerable.Range(0, 5).Aggregate(
            new RowBatch(Shard),
            (batch, i) => batch.Insert($"s:{i}", Columns(13, new byte[TableLimits.ColumnBytes]))));

        static Dictionary<string, object> Columns(int count, object value) =>
            Enumerable.Range(0, count).ToDictionary(i => $"b{i}", _ => value);

        Task ThrowsAsync(RowBatch batch) => Assert.ThrowsAsync<InvalidOperationException>(() => table.SubmitAsync(batch, default));
    }

    private static Dictionary<string, object> One(long n) => new() { ["n"] = n };

    private static async Task<BatchOutcome> ApplyAsync(ITable table, RowBatch batch)
    {
        var outcome = await table.SubmitAsync(batch, default);
        Assert.Null(outcome.Conflict);
        return outcome;
    }

    private static async Task<List<string>> KeysAsync(ITable table, string from, string to)
    {
        var keys = new List<string>();
        await foreach (var page in table.RangeAsync(new RowRange(Shard, from, to, []), default))
        {
            keys.AddRange(page.Select(row => row.Key));
        }

        return keys;
    }
}

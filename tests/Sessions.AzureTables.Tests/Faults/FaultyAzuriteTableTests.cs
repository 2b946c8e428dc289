using Sessions.Table;

namespace Sessions.AzureTables.Tests.Faults;

/// <summary>
/// What the contract says of faults below a call: a retry may find its own first attempt, and the refusal then names a conflict with it.
/// Each as a plain request and within a batch.
/// </summary>
public sealed class FaultyAzuriteTableTests
{
    private const string Shard = "0a";

    private readonly FaultyAzuriteTable _table = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_insert_whose_answer_was_lost_is_there_and_refused_as_existing(bool batch)
    {
        await ReadyAsync();
        _table.Once(Fault.LostAnswer);

        Assert.Equal((RowConflict.Exists, 0), await SubmitAsync(batch, rows => rows.Insert("s:new", N(2))));
        Assert.Equal(2L, await NumberAsync("s:new"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_of_a_row_as_read_whose_answer_was_lost_is_there_and_refused_as_changed(bool batch)
    {
        var etag = await ReadyAsync();
        _table.Once(Fault.LostAnswer);

        Assert.Equal((RowConflict.Changed, 0), await SubmitAsync(batch, rows => rows.Replace("s:a", N(2), etag)));
        Assert.Equal(2L, await NumberAsync("s:a"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_delete_whose_answer_was_lost_has_happened_and_is_refused_as_missing(bool batch)
    {
        await ReadyAsync();
        _table.Once(Fault.LostAnswer);

        Assert.Equal((RowConflict.Missing, 0), await SubmitAsync(batch, rows => rows.Delete("s:a")));
        Assert.Null(await NumberAsync("s:a"));
    }

    [Fact]
    public async Task A_change_of_whatever_is_there_succeeds_though_its_answer_was_lost()
    {
        await ReadyAsync();
        _table.Once(Fault.LostAnswer);

        Assert.Null((await SubmitAsync(batch: false, rows => rows.Merge("s:a", N(2), null))).Conflict);
        Assert.Equal(2L, await NumberAsync("s:a"));
    }

    [Fact]
    public async Task A_read_and_a_range_succeed_though_answers_were_lost()
    {
        await ReadyAsync();
        _table.Once(Fault.LostAnswer);
        Assert.Equal(1L, await NumberAsync("s:a"));

        _table.Once(Fault.LostAnswer);
        await foreach (var page in _table.RangeAsync(new RowRange(Shard, "s:", "s;", []), default))
        {
            Assert.Single(page);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_that_never_arrived_succeeds_when_it_is_sent_again(bool batch)
    {
        var etag = await ReadyAsync();
        _table.Once(Fault.LostRequest);

        Assert.Null((await SubmitAsync(batch, rows => rows.Replace("s:a", N(2), etag))).Conflict);
        Assert.Equal(2L, await NumberAsync("s:a"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_first_write_makes_the_table_whichever_answer_on_the_way_was_lost(int lost)
    {
        var left = lost;
        _table.Decide = _ => --left == 0 ? Fault.LostAnswer : Fault.None;

        var said = await SubmitAsync(batch: true, rows => rows.Insert("s:a", N(1)));

        Assert.Equal(lost == 3 ? RowConflict.Exists : null, said.Conflict);
        Assert.Equal(1L, await NumberAsync("s:a"));
    }

    [Fact]
    public async Task A_write_whose_every_answer_is_lost_is_storage_that_cannot_be_used_and_has_happened()
    {
        var etag = await ReadyAsync();
        var before = _table.Requests;
        _table.Decide = _ => Fault.LostAnswer;

        await Assert.ThrowsAsync<StorageUnavailableException>(() => SubmitAsync(batch: false, rows => rows.Replace("s:a", N(2), etag)));

        Assert.Equal(1 + TableConnection.InteractiveOptions().Retry.MaxRetries, _table.Requests - before);
        _table.Decide = _ => Fault.None;
        Assert.Equal(2L, await NumberAsync("s:a"));
    }

    [Fact]
    public async Task A_write_that_was_held_up_meets_what_came_in_between()
    {
        var etag = await ReadyAsync();
        var release = new TaskCompletionSource();
        _table.Once(Fault.None.After(release.Task));
        var held = SubmitAsync(batch: false, rows => rows.Replace("s:a", N(2), etag));

        Assert.Null((await SubmitAsync(batch: false, rows => rows.Replace("s:a", N(3), etag))).Conflict);
        release.SetResult();

        Assert.Equal((RowConflict.Changed, 0), await held);
        Assert.Equal(3L, await NumberAsync("s:a"));
    }

    private static Dictionary<string, object> N(long n) => new() { ["n"] = n };

    /// <summary>The table, with one row in it; returns its ETag.</summary>
    private async Task<string> ReadyAsync() => (await _table.SubmitAsync(new RowBatch(Shard).Insert("s:a", N(1)), default)).ETag(0);

    private async Task<(RowConflict? Conflict, int Index)> SubmitAsync(bool batch, Func<RowBatch, RowBatch> add)
    {
        var rows = add(new RowBatch(Shard));
        var outcome = await _table.SubmitAsync(batch ? rows.Insert($"s:beside-{Guid.NewGuid():n}", N(9)) : rows, default);
        return (outcome.Conflict, outcome.Index);
    }

    private async Task<long?> NumberAsync(string key) => (await _table.FindAsync(Shard, key, default))?.Number("n");
}

using Azure.Core;
using Azure.Core.Pipeline;
using Sessions.Table;

namespace Sessions.AzureTables.Tests;

/// <summary>A batch of one operation goes as a plain request, which costs the client and the service less, with the same outcomes.</summary>
public sealed class SingleOperationTests
{
    private const string Shard = "0a";

    private readonly RequestLog _log = new();
    private readonly AzureTable _table;

    public SingleOperationTests()
    {
        var options = TableConnection.InteractiveOptions();
        options.AddPolicy(_log, HttpPipelinePosition.PerRetry);
        _table = AzuriteTable.New(options);
    }

    public static TheoryData<RowAction> Updates => [RowAction.Merge, RowAction.Replace, RowAction.Delete];

    [Fact]
    public async Task Each_is_one_request_and_none_a_batch()
    {
        await SubmitAsync(RowAction.Insert, 1, null);
        _log.Lines.Clear();

        await SubmitAsync(RowAction.Merge, 2, null);
        await SubmitAsync(RowAction.Replace, 3, null);
        await SubmitAsync(RowAction.Delete, 0, null);
        await SubmitAsync(RowAction.Insert, 1, null);

        Assert.Equal(["PATCH", "PUT", "DELETE", "POST"], _log.Lines.Select(line => line.Split(' ')[0]));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("$batch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_write_makes_the_table()
    {
        Assert.Null((await SubmitAsync(RowAction.Insert, 1, null)).Conflict);
        Assert.Equal(1L, await NumberAsync());
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public async Task A_row_that_is_missing_is_said_to_be_so_with_a_table_and_without_one(RowAction action)
    {
        Assert.Equal((RowConflict.Missing, 0), Said(await SubmitAsync(action, 1, null)));
        await _table.SubmitAsync(new RowBatch(Shard).Insert("s:other", One(1)), default);
        Assert.Equal((RowConflict.Missing, 0), Said(await SubmitAsync(action, 1, null)));
        Assert.Equal((RowConflict.Missing, 0), Said(await SubmitAsync(action, 1, "W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\"")));
        Assert.Null(await NumberAsync());
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public async Task A_row_that_has_changed_is_said_to_have_and_stays(RowAction action)
    {
        var stale = (await SubmitAsync(RowAction.Insert, 1, null)).ETag(0);
        await SubmitAsync(RowAction.Merge, 2, stale);

        Assert.Equal((RowConflict.Changed, 0), Said(await SubmitAsync(action, 3, stale)));
        Assert.Equal(2L, await NumberAsync());
    }

    [Fact]
    public async Task A_row_that_exists_is_said_to_and_stays()
    {
        await SubmitAsync(RowAction.Insert, 1, null);

        Assert.Equal((RowConflict.Exists, 0), Said(await SubmitAsync(RowAction.Insert, 2, null)));
        Assert.Equal(1L, await NumberAsync());
    }

    [Theory]
    [InlineData(RowAction.Insert)]
    [InlineData(RowAction.Merge)]
    [InlineData(RowAction.Replace)]
    public async Task The_etag_is_that_of_the_row_it_left(RowAction action)
    {
        var before = action == RowAction.Insert ? null : (await SubmitAsync(RowAction.Insert, 1, null)).ETag(0);

        var outcome = await SubmitAsync(action, 2, before);

        Assert.Equal((await _table.FindAsync(Shard, "s:a", default))!.ETag, outcome.ETag(0));
        Assert.Equal(2L, await NumberAsync());
    }

    [Fact]
    public async Task A_merge_keeps_the_other_columns_and_a_replace_drops_them()
    {
        await _table.SubmitAsync(new RowBatch(Shard).Insert("s:a", new Dictionary<string, object> { ["n"] = 1L, ["m"] = 1L }), default);

        await SubmitAsync(RowAction.Merge, 2, null);
        Assert.Equal(["m", "n"], (await _table.FindAsync(Shard, "s:a", default))!.Columns.Keys.Order());
        await SubmitAsync(RowAction.Replace, 3, null);
        Assert.Equal(["n"], (await _table.FindAsync(Shard, "s:a", default))!.Columns.Keys);
    }

    [Fact]
    public async Task A_delete_leaves_no_row_and_no_etag()
    {
        await SubmitAsync(RowAction.Insert, 1, null);

        var outcome = await SubmitAsync(RowAction.Delete, 0, null);

        Assert.Null(outcome.Conflict);
        Assert.Throws<InvalidOperationException>(() => outcome.ETag(0));
        Assert.Null(await NumberAsync());
    }

    private static (RowConflict?, int) Said(BatchOutcome outcome) => (outcome.Conflict, outcome.Index);

    private Task<BatchOutcome> SubmitAsync(RowAction action, long n, string? etag)
    {
        var batch = new RowBatch(Shard);
        return _table.SubmitAsync(
            action switch
            {
                RowAction.Insert => batch.Insert("s:a", One(n)),
                RowAction.Merge => batch.Merge("s:a", One(n), etag),
                RowAction.Replace => batch.Replace("s:a", One(n), etag),
                _ => batch.Delete("s:a", etag),
            },
            default);
    }

    private async Task<long?> NumberAsync() => (await _table.FindAsync(Shard, "s:a", default))?.Number("n");

    private static Dictionary<string, object> One(long n) => new() { ["n"] = n };

    private sealed class RequestLog : HttpPipelineSynchronousPolicy
    {
        public List<string> Lines { get; } = [];

        public override void OnSendingRequest(HttpMessage message) => Lines.Add($"{message.Request.Method} {message.Request.Uri}");
    }
}

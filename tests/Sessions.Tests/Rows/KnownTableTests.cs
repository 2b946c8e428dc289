using Microsoft.Extensions.Options;
using SessionFunctions.Testing;
using Sessions.Rows;
using Sessions.Table;

namespace Sessions.Tests.Rows;

/// <summary>What an instance knows of the table's own row, where the row can be read and where it can't.</summary>
public sealed class KnownTableTests
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);

    private readonly TestClock _clock = new();
    private readonly OwnRowTable _table = new(new MemoryTable());
    private readonly KnownTable _known;

    public KnownTableTests() => _known = new KnownTable(new TableRow(_table, Options.Create(new RowsOptions())), _clock);

    public static TheoryData<string, Exception> Failures => new()
    {
        { "unavailable", new StorageUnavailableException("for the test") },
        { "not expected", new InvalidOperationException("for the test") },
        { "given up", new OperationCanceledException("for the test") },
    };

    [Fact]
    public async Task It_is_read_again_once_it_is_five_seconds_old()
    {
        await _known.GetAsync(default);
        var reads = _table.Reads;

        _clock.Advance(TimeSpan.FromMilliseconds(4999));
        await _known.GetAsync(default);
        Assert.Equal(reads, _table.Reads);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _known.GetAsync(default);
        Assert.Equal(reads + 1, _table.Reads);
    }

    [Fact]
    public async Task All_who_wait_share_one_reading_and_who_gives_up_ends_only_their_own_wait()
    {
        var row = new TaskCompletionSource<Row?>();
        _table.Answer = () => row.Task;
        using var impatient = new CancellationTokenSource();

        var first = _known.GetAsync(impatient.Token).AsTask();
        var others = Enumerable.Range(0, 50).Select(_ => _known.GetAsync(default).AsTask()).Append(_known.RefreshAsync(default)).ToList();
        await impatient.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => first);
        Assert.Equal(1, _table.Reads);

        _table.Answer = null;
        row.SetResult(null);
        await Task.WhenAll(others).WaitAsync(LongEnough);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_reading_that_fails_leaves_what_is_known_in_force_for_a_minute(string kind, Exception failure)
    {
        await _known.GetAsync(default);
        _table.Answer = () => Task.FromException<Row?>(failure);

        _clock.Advance(TimeSpan.FromMilliseconds(59_999));
        Assert.NotNull(await _known.GetAsync(default));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _known.GetAsync(default).AsTask());

        _table.Answer = null;
        Assert.True(await _known.GetAsync(default) is not null, kind);
    }

    [Fact]
    public async Task A_reading_that_hangs_keeps_a_call_waiting_for_half_a_second_and_later_ones_not_at_all()
    {
        await _known.GetAsync(default);
        _table.Answer = () => new TaskCompletionSource<Row?>().Task;
        _clock.Advance(TimeSpan.FromSeconds(5));

        var waiting = _known.GetAsync(default).AsTask();
        await _clock.UntilTimersAsync(2); // the reading's limit, and the wait for it
        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.NotNull(await waiting.WaitAsync(LongEnough));
        Assert.True(_known.GetAsync(default).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Where_nothing_is_known_a_reading_that_hangs_is_given_up_after_four_seconds()
    {
        _table.Answer = () => new TaskCompletionSource<Row?>().Task;

        var waiting = _known.GetAsync(default).AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(3999));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => waiting.WaitAsync(LongEnough));
    }

    [Fact]
    public async Task A_mark_that_was_set_while_a_reading_was_under_way_is_not_forgotten_for_what_that_found()
    {
        await _known.GetAsync(default);
        var old = await _table.FindAsync("table", "m:table", default);
        var slow = new TaskCompletionSource<Row?>();
        _table.Answer = () => slow.Task;
        var reading = _known.RefreshAsync(default);
        _table.Answer = null;

        var mark = await _known.MoveMarkAsync(_clock.GetUtcNow(), default);
        slow.SetResult(old);
        await reading;

        Assert.Equal(mark, (await _known.GetAsync(default)).NotBefore);
    }
}

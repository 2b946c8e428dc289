using Azure.Core;
using SessionFunctions.Testing;
using Sessions.Table;

namespace Sessions.AzureTables.Tests.Faults;

/// <summary>
/// A caller is answered within 5 s, whatever hangs: each call at the table has its time, in which its retries must find room.
/// </summary>
public sealed class PatienceTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly SilentService _silent = new();

    public static TheoryData<string> Calls => [.. Each.Keys];

    private static Dictionary<string, Func<ITable, CancellationToken, Task>> Each => new()
    {
        ["find"] = (table, cancellation) => table.FindAsync("0a", "s:a", cancellation),
        ["range"] = async (table, cancellation) => await RangeAsync(table, cancellation).GetAsyncEnumerator(cancellation).MoveNextAsync(),
        ["one operation"] = (table, cancellation) => table.SubmitAsync(new RowBatch("0a").Delete("s:a"), cancellation),
        ["two operations"] = (table, cancellation) => table.SubmitAsync(new RowBatch("0a").Delete("s:a").Delete("s:b"), cancellation),
    };

    public void Dispose() => _silent.Dispose();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_that_nobody_answers_is_given_up_before_its_caller_has_waited_5_s(string name)
    {
        var call = Each[name](_silent.Table(_clock), default);
        await _clock.UntilTimersAsync(1);

        _clock.Advance(Patience.Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        var thrown = await Assert.ThrowsAsync<StorageUnavailableException>(() => call);
        Assert.Equal("The table service didn't answer in time.", thrown.Message);
        Assert.True(Patience.Limit < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_caller_that_gives_up_first_is_told_that_it_did(string name)
    {
        using var caller = new CancellationTokenSource();
        var call = Each[name](_silent.Table(_clock), caller.Token);
        await _clock.UntilTimersAsync(1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_service_that_is_always_busy_is_given_up_in_time_even_where_it_asks_for_more(string name)
    {
        var busy = new ScriptedService(_ =>
        {
            var answer = ScriptedService.Error(503, "ServerBusy");
            answer.Headers.TryAddWithoutValidation("Retry-After", "3600");
            return answer;
        });
        var call = Each[name](busy.Table(_clock), default);
        await _clock.UntilTimersAsync(1);

        _clock.Advance(Patience.Limit);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => call);
        Assert.Equal(1, busy.Requests);
    }

    [Fact]
    public async Task A_service_that_is_always_busy_is_asked_four_times_and_its_last_answer_told()
    {
        var busy = new ScriptedService(_ => ScriptedService.Error(503, "ServerBusy"));

        var thrown = await Assert.ThrowsAsync<StorageUnavailableException>(() => busy.Table(_clock).FindAsync("0a", "s:a", default));

        Assert.Equal((4, "The table service answered 503 ServerBusy."), (busy.Requests, thrown.Message));
    }

    [Fact]
    public async Task Making_the_table_counts_in_the_time_of_the_write_that_missed_it()
    {
        var service = new ScriptedService(request =>
        {
            if (!request.RequestUri!.AbsolutePath.EndsWith("/Tables", StringComparison.Ordinal))
            {
                return ScriptedService.Error(404, "TableNotFound");
            }

            _clock.Advance(Patience.Limit); // it hangs there
            return null;
        });

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Each["two operations"](service.Table(_clock), default));
        Assert.Equal(2, service.Requests);
    }

    [Fact]
    public async Task Each_page_of_a_range_has_its_own_time_and_what_is_done_with_a_page_takes_none_of_it()
    {
        var service = new ScriptedService(request =>
        {
            _clock.Advance(Patience.Limit - TimeSpan.FromSeconds(1));
            var answer = ScriptedService.Answer(200, "application/json", """{"value":[]}""");
            answer.Headers.Add("x-ms-continuation-NextPartitionKey", "0a");
            return request.RequestUri!.Query.Contains("NextPartitionKey", StringComparison.Ordinal) ? null : answer;
        });
        var pages = RangeAsync(service.Table(_clock), default).GetAsyncEnumerator();

        Assert.True(await pages.MoveNextAsync());
        _clock.Advance(TimeSpan.FromHours(1));
        var second = pages.MoveNextAsync().AsTask();
        await _clock.UntilTimersAsync(1);
        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => second);
        Assert.Equal(2, service.Requests);
    }

    [Fact]
    public void A_request_that_hangs_leaves_time_for_another()
    {
        RetryOptions retry = TableConnection.InteractiveOptions().Retry;

        Assert.True((retry.NetworkTimeout * 2) + (retry.Delay * 2) < Patience.Limit);
    }

    private static IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(ITable table, CancellationToken cancellation) =>
        table.RangeAsync(new RowRange("0a", "s:", "s;", []), cancellation);
}

using SessionFunctions.Testing;
using SessionFunctions.Tests.Service;
using Sessions.Table;

namespace SessionFunctions.Tests.Operate;

/// <summary>The watch over the mark that ends everything, where the row it reads is what storage has trouble with.</summary>
public sealed class MarkWatchTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);

    private readonly OwnRowTable _table = new(new MemoryTable());

    [Fact]
    public async Task An_answer_of_storage_that_nobody_expects_does_not_end_it()
    {
        await using var api = await Api.StartAsync(Storage.Of(_table));
        var holder = await api.BearerAsync();
        (await holder.ReadAsync()).Is(200);

        _table.Answer = () => Task.FromException<Row?>(new InvalidOperationException("for the test"));
        for (var tick = 0; tick < 3; tick++)
        {
            var read = _table.NextRead;
            api.Clock.Advance(Period);
            await read.WaitAsync(LongEnough);
        }

        (await holder.ReadAsync()).Is(200);
        (await api.GetAsync("health/ready")).Is(503, "storage-unavailable");
        _table.Answer = null;
        (await api.GetAsync("health/ready")).Is(200);
    }

    [Fact]
    public async Task A_row_that_storage_does_not_answer_for_keeps_no_session_from_being_read()
    {
        await using var api = await Api.StartAsync(Storage.Of(_table));
        var holder = await api.BearerAsync();
        (await holder.ReadAsync()).Is(200);

        var never = new TaskCompletionSource<Row?>();
        _table.Answer = () => never.Task;
        var begun = _table.NextRead;
        api.Clock.Advance(Period);
        await begun.WaitAsync(LongEnough);
        api.Clock.Advance(Period);

        (await holder.ReadAsync().WaitAsync(LongEnough)).Is(200);
    }
}

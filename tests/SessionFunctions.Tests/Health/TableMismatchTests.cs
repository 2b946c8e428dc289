using SessionFunctions.Tests.Service;
using Sessions.Table;

namespace SessionFunctions.Tests.Health;

public sealed class TableMismatchTests
{
    [Fact]
    public async Task An_app_whose_settings_do_not_fit_the_table_is_not_ready_and_says_which()
    {
        var storage = Storage.Of(new MemoryTable());
        await using var first = await Api.StartAsync(storage, ("Sessions__Shards", "2"));
        var holder = await first.BearerAsync();
        await using var second = await Api.StartAsync(storage, ("Sessions__Shards", "3"));

        var ready = (await second.GetAsync("health/ready")).Is(503, "table-mismatch");
        var read = (await (holder with { Api = second }).ReadAsync()).Is(503, "table-mismatch");

        Assert.All(
            [ready, read],
            answer => Assert.Contains("made with 2 shards, and Sessions:Shards is 3", answer.Body, StringComparison.Ordinal));
        (await second.GetAsync("health/live")).Is(200);
        (await first.GetAsync("health/ready")).Is(200);
    }
}

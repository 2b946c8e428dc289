using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Cleanup;

/// <summary>The timer, as the host runs it, on the table that it is made for.</summary>
public sealed class CleanupTests()
    : ApiSuite(Storage.Azurite, ("CleanupSchedule", "0 * * * * *"), ("Sessions__IdleTimeout", "00:00:05"))
{
    /// <summary>Waits set on the clock while nothing is due: the cleanup's, and that of the look for the not-before mark.</summary>
    private const int Timers = 2;

    [Fact]
    public async Task A_session_is_refused_once_its_idle_timeout_is_over_and_its_rows_are_gone_after_the_next_cleanup()
    {
        await Api.Clock.UntilTimersAsync(Timers);
        var idle = await Api.BearerAsync();
        Api.Clock.Advance(TimeSpan.FromSeconds(5.499));
        (await idle.ReadAsync("?touch=false")).Is(200);

        Api.Clock.Advance(TimeSpan.FromSeconds(0.001)); // the idle timeout, and the granularity beyond it
        (await idle.ReadAsync()).Is(401, "not-authenticated");
        Assert.Equal(2, await RowsAsync());

        Api.Clock.Advance(TimeSpan.FromSeconds(52));
        var used = await Api.BearerAsync();
        Api.Clock.Advance(TimeSpan.FromSeconds(2.5)); // the full minute
        await Api.UntilLoggedAsync("Cleanup: 1 deleted");

        Assert.Equal(2, await RowsAsync());
        Assert.Contains($"s:{used.Sid}", await Api.SnapshotAsync(), StringComparison.Ordinal);
        Assert.True(await used.IsLetInAsync());
    }

    private async Task<int> RowsAsync() => (await Api.SnapshotAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
}

using SessionFunctions.SelfHost;

namespace SessionFunctions.Tests.SelfHost;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0 * * * * *", "00:01:00")]
    [InlineData("*/15 * * * * *", "00:00:15")]
    [InlineData("*/5 * * * *", "00:05:00")]
    [InlineData("0 30 9 * * *", "09:30:00")]
    [InlineData("0 0 0 1 2 *", "31.00:00:00")]
    [InlineData("00:00:07", "00:00:07")]
    public async Task ATimerRunsWhenItsScheduleSays(string schedule, string after)
    {
        await using var timer = await RunningTimer.StartAsync(schedule);
        var wait = TimeSpan.Parse(after, null);
        await timer.AdvanceAsync(wait - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, timer.Journal.Ticks);
        timer.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var tick = await timer.Journal.NextTickAsync();
        Assert.Equal(timer.Clock.GetUtcNow().UtcDateTime + NextAfter(schedule, wait), tick.ScheduleStatus!.Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("every minute")]
    [InlineData("* * *")]
    [InlineData("0 99 * * * *")]
    [InlineData("-00:01:00")]
    [InlineData("00:00:00")]
    public void AScheduleThatIsNoneStopsTheStartAndNamesTheTimer(string schedule)
    {
        var settings = RunningTimer.Settings(schedule);
        var refusal = Assert.Throws<HostSettingException>(() => SampleHost.Build(settings));
        Assert.Contains("Tick", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingSettingStopsTheStartAndIsNamed()
    {
        var settings = SampleHost.Settings with { Timers = true };
        Assert.Contains("TickSchedule", Assert.Throws<HostSettingException>(() => SampleHost.Build(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTimersNoScheduleIsNeeded()
    {
        await using var host = await SampleHost.StartAsync(SampleHost.Settings with { Timers = false });
        Assert.Equal("GET Ada", await host.Client.GetStringAsync("/api/greet/Ada"));
    }

    // Yearly and daily schedules go on by a calendar's step, the others by their own.
    private static TimeSpan NextAfter(string schedule, TimeSpan first) => schedule switch
    {
        "0 30 9 * * *" => TimeSpan.FromDays(1),
        "0 0 0 1 2 *" => TimeSpan.FromDays(365),
        _ => first,
    };
}

namespace SessionFunctions.Tests.SelfHost;

public sealed class TimerFunctionsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task ATimerRunsAgainAndAgainAndIsToldWhen()
    {
        await using var timer = await RunningTimer.StartAsync("0 * * * * *");
        timer.Clock.Advance(Minute);
        var first = await timer.Journal.NextTickAsync();
        var firstAt = timer.Clock.GetUtcNow().UtcDateTime;
        await timer.UntilWaitingAsync();
        timer.Clock.Advance(Minute);
        var second = await timer.Journal.NextTickAsync();
        Assert.Equal(default, first.ScheduleStatus!.Last);
        Assert.Equal(firstAt + Minute, first.ScheduleStatus.Next);
        Assert.Equal(firstAt, second.ScheduleStatus!.Last);
        Assert.Equal(2, timer.Journal.Ticks);
    }

    [Fact]
    public async Task AnExceptionDoesNotEndTheTimer()
    {
        await using var timer = await RunningTimer.StartAsync("0 * * * * *", journal => journal.Fail = true);
        timer.Clock.Advance(Minute);
        await timer.Journal.NextTickAsync();
        await timer.UntilWaitingAsync();
        timer.Clock.Advance(Minute);
        await timer.Journal.NextTickAsync();
        Assert.Equal(2, timer.Journal.Ticks);
    }

    [Fact]
    public async Task ALongRunIsNotOverlappedAndMissedTimesAreSkipped()
    {
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = await RunningTimer.StartAsync("0 * * * * *", journal => journal.Hold = hold);
        timer.Clock.Advance(Minute);
        await timer.Journal.NextTickAsync();
        timer.Clock.Advance(Minute * 3.5);
        Assert.Equal(1, timer.Journal.Ticks);
        Assert.Equal(1, timer.Journal.Running);
        timer.Journal.Hold = null;
        hold.SetResult();
        await timer.UntilWaitingAsync();
        timer.Clock.Advance(Minute / 2);
        await timer.Journal.NextTickAsync();
        Assert.Equal(2, timer.Journal.Ticks);
        Assert.Equal(0, timer.Journal.Running);
    }

    [Fact]
    public async Task ATimerMarkedForItRunsOnceAtTheStart()
    {
        await using var timer = await RunningTimer.StartAsync("0 * * * * *");
        Assert.Equal(1, timer.Journal.StartupRuns);
        Assert.Equal(0, timer.Journal.Ticks);
        await timer.AdvanceAsync(TimeSpan.FromDays(100));
        Assert.Equal(1, timer.Journal.StartupRuns);
    }

    [Fact]
    public async Task AStopEndsARunThatHangs()
    {
        var timer = await RunningTimer.StartAsync(
            "0 * * * * *", journal => journal.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        timer.Clock.Advance(Minute);
        await timer.Journal.NextTickAsync();
        await timer.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(4));
    }
}

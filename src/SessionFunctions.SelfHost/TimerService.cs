using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.SelfHost;

/// <summary>One loop a timer, so a run never overlaps the one before; times missed during a run are skipped.</summary>
internal sealed partial class TimerService(
    TimerFunction[] timers, IServiceProvider services, TimeProvider clock, ILogger<TimerService> logger) : BackgroundService
{
    // A timer of the runtime holds at most 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(timers.Select(timer => LoopAsync(timer, stoppingToken)));

    private async Task LoopAsync(TimerFunction timer, CancellationToken stopping)
    {
        var last = default(DateTime);
        var due = timer.RunOnStartup ? Now : timer.Schedule.Next(Now);
        while (!stopping.IsCancellationRequested)
        {
            await UntilAsync(due, stopping);
            var status = new ScheduleStatus { Last = last, Next = timer.Schedule.Next(Later(due, Now)), LastUpdated = last };
            await RunAsync(timer, new TimerInfo { ScheduleStatus = status }, stopping);
            last = due;
            due = timer.Schedule.Next(Later(due, Now));
        }
    }

    private async Task RunAsync(TimerFunction timer, TimerInfo info, CancellationToken stopping)
    {
        try
        {
            await timer.RunAsync(services, info, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A stop in the middle of a run is no failure.
        }
        catch (Exception exception)
        {
            LogFailure(logger, exception, timer.Name);
        }
    }

    private async Task UntilAsync(DateTime due, CancellationToken stopping)
    {
        for (var wait = due - Now; wait > TimeSpan.Zero; wait = due - Now)
        {
            await Task.Delay(wait < LongestWait ? wait : LongestWait, clock, stopping);
        }
    }

    // The wall clock may be set back during a run; the same moment isn't due twice.
    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    [LoggerMessage(Level = LogLevel.Error, Message = "The timer {Function} failed; it runs again when it is next due")]
    private static partial void LogFailure(ILogger logger, Exception exception, string function);
}

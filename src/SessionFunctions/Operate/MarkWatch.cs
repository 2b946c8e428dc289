using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sessions.Rows;

namespace SessionFunctions.Operate;

/// <summary>
/// Reads the mark that ends older sessions a little before it is too old to trust, so that calls don't wait for it. An instance that
/// nobody has called for a while stops; its next call reads the mark itself.
/// </summary>
internal sealed class MarkWatch(NotBeforeMark mark, TimeProvider time, ILogger<MarkWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = NotBeforeMark.MaxAge * 0.6;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                if (mark.SinceLastAsked < Idle)
                {
                    await mark.RefreshAsync(stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Calls say what is wrong, once they can't do without it. An exception that gets out of here would end the process.
                log.MarkUnread(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

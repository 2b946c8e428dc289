using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionFunctions.Http;
using Sessions.Storage;

namespace SessionFunctions;

/// <summary>
/// Reads the mark that ends older sessions a little before it is too old to trust, so that calls don't wait for it. Only while calls come in:
/// an idle instance costs nothing, and its next call reads the mark itself.
/// </summary>
internal sealed class NotBeforeWatch(NotBefore mark, TimeProvider time, ILogger<NotBeforeWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = NotBefore.MaxAge * 0.6;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (mark.IsWanted)
                {
                    await mark.RefreshAsync(stoppingToken);
                }
            }
            catch (StorageUnavailableException e)
            {
                log.StorageUnavailable(e);
            }
        }
    }
}

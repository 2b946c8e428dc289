using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SessionFunctions.Entry;

/// <summary>Says at the start where a limit per client address is wanted and can't be kept.</summary>
internal sealed class RateLimitNotice(
    ClientAddressReader addresses, IOptions<RateLimitOptions> limits, ILogger<RateLimitNotice> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (limits.Value.CreatesPerMinute > 0 && !addresses.IsOn)
        {
            log.NoClientAddress();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

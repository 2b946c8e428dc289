using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SessionFunctions.Entry;

/// <summary>Says at the start where the limit per client address can't be kept.</summary>
internal sealed class RateLimitNotice(ClientAddressReader addresses, ILogger<RateLimitNotice> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!addresses.IsOn)
        {
            log.NoClientAddress();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using Microsoft.Azure.Functions.Worker;
using Sessions;

namespace SessionFunctions.Functions;

/// <summary>Removes expired sessions on a schedule: the app setting <c>CleanupSchedule</c>, every minute by default.</summary>
public sealed class CleanupFunction(Sweeper sweeper)
{
    [Function("Cleanup")]
    public Task RunAsync([TimerTrigger("%CleanupSchedule%")] TimerInfo timer, CancellationToken cancellationToken) => sweeper.RunAsync(cancellationToken);
}

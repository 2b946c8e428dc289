using Microsoft.Azure.Functions.Worker;
using Sessions.Cleanup;

namespace SessionFunctions.Cleanup;

/// <summary>Removes expired sessions on a schedule: the app setting <c>CleanupSchedule</c>.</summary>
public sealed class CleanupFunction(CleanupRun cleanup)
{
    [Function("Cleanup")]
    public Task RunAsync([TimerTrigger("%CleanupSchedule%")] TimerInfo timer, CancellationToken cancellationToken) => cleanup.RunAsync(cancellationToken);
}

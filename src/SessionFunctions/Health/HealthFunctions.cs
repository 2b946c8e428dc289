using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions.Table;

namespace SessionFunctions.Health;

/// <summary><c>/health</c>: for load balancers, and for whoever looks after the service.</summary>
public sealed class HealthFunctions(EntryStep entry, ITable table)
{
    /// <summary>The process answers.</summary>
    [Function("HealthLive")]
    public Task<IResult> LiveAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) =>
        entry.OpenAsync(request, _ => Task.FromResult(Up()));

    /// <summary>The process answers and reaches its storage: 503 where it doesn't.</summary>
    [Function("HealthReady")]
    public Task<IResult> ReadyAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request) =>
        entry.OpenAsync(request, async cancellation =>
        {
            await table.PingAsync(cancellation);
            return Up();
        });

    private static IResult Up() => Results.Bytes("{\"status\":\"ok\"}"u8.ToArray(), "application/json");
}

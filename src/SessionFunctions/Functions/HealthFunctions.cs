using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Http;
using Sessions.Storage;

namespace SessionFunctions.Functions;

/// <summary><c>/health</c>: for load balancers, and for whoever looks after the service.</summary>
public sealed class HealthFunctions(Gate gate, ITable table)
{
    /// <summary>The process answers.</summary>
    [Function("HealthLive")]
    public Task<IResult> LiveAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) =>
        gate.OpenAsync(request, _ => Task.FromResult(Up()));

    /// <summary>The process answers and reaches its storage: 503 where it doesn't.</summary>
    [Function("HealthReady")]
    public Task<IResult> ReadyAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request) =>
        gate.OpenAsync(request, async cancellation =>
        {
            await table.PingAsync(cancellation);
            return Up();
        });

    private static IResult Up() => Results.Bytes("{\"status\":\"ok\"}"u8.ToArray(), "application/json");
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions.Rows;

namespace SessionFunctions.Health;

/// <summary><c>/health</c>: for load balancers, and for whoever looks after the service.</summary>
public sealed class HealthFunctions(EntryStep entry, TableReadiness table)
{
    private static readonly BytesAnswer Up = new("{\"status\":\"ok\"}"u8.ToArray());

    /// <summary>The process answers.</summary>
    [Function("HealthLive")]
    public Task<IResult> Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        entry.OpenAsync(request, _ => Task.FromResult<IResult>(Up));

    /// <summary>The process answers and reaches its storage: 503 where it doesn't.</summary>
    [Function("HealthReady")]
    public Task<IResult> Ready([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request) =>
        entry.OpenAsync(request, ReadyAsync);

    private async Task<IResult> ReadyAsync(OpenCall call)
    {
        await table.CheckAsync(call.Cancellation);
        return Up;
    }
}

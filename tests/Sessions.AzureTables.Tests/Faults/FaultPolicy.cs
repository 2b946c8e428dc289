using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Sessions.AzureTables.Tests.Faults;

/// <summary>What becomes of a request on its way: it waits, if at all, and then the request or its answer may be lost.</summary>
internal sealed record Fault
{
    public static readonly Fault None = new();
    public static readonly Fault LostRequest = new() { LosesRequest = true };
    public static readonly Fault LostAnswer = new() { LosesAnswer = true };

    public Task Until { get; private init; } = Task.CompletedTask;

    public bool LosesRequest { get; private init; }

    public bool LosesAnswer { get; private init; }

    /// <summary>Not sent before that has completed.</summary>
    public Fault After(Task until) => this with { Until = until };
}

/// <summary>
/// Lets a test decide what becomes of each request. It stands below the client's retries, so a request whose answer was lost is sent
/// again by the client itself, and meets its own work; each attempt is decided anew.
/// </summary>
internal sealed class FaultPolicy(Func<Request, Fault> decide) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The table never blocks.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var fault = decide(message.Request);
        await fault.Until.WaitAsync(message.CancellationToken);
        if (fault.LosesRequest)
        {
            throw Lost();
        }

        await ProcessNextAsync(message, pipeline);
        if (fault.LosesAnswer)
        {
            message.Response.Dispose();
            throw Lost();
        }
    }

    /// <summary>As the client's transport says it when a connection breaks.</summary>
    private static RequestFailedException Lost() => new("The connection broke.");
}

using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Sessions.AzureTables.Tests;

/// <summary>Counts what is really sent to the service: it stands behind the retries, so each of them counts.</summary>
internal sealed class RequestCounter : HttpPipelineSynchronousPolicy
{
    private int _sent;

    /// <summary>Options for a client whose requests are counted.</summary>
    public TableClientOptions Options()
    {
        var options = TableConnection.InteractiveOptions();
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
        return options;
    }

    public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref _sent);

    public async Task<int> CountAsync(Func<Task> call)
    {
        var before = _sent;
        await call();
        return _sent - before;
    }
}

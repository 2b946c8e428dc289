using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Tests;

/// <summary>A real transport whose first calls go wrong, either before the request is sent or after it was answered.</summary>
internal sealed class UnreliableTransport(int failures, bool loseAnswer) : HttpPipelineTransport
{
    public int Calls { get; private set; }

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var fails = ++Calls <= failures;
        if (!fails || loseAnswer)
        {
            await HttpClientTransport.Shared.ProcessAsync(message);
        }

        if (fails)
        {
            throw new RequestFailedException("The connection was lost.");
        }
    }
}

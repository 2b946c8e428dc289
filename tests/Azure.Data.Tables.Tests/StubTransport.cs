using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Tests;

/// <summary>Sends nothing: answers from a function and notes what was asked.</summary>
internal sealed class StubTransport(Func<int, Response> answer) : HttpPipelineTransport
{
    public List<(string Method, Uri Uri, Dictionary<string, string> Headers)> Requests { get; } = [];

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message)
    {
        var request = message.Request;
        Requests.Add((
            request.Method.Method,
            request.Uri.ToUri(),
            request.Headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase)));
        message.Response = answer(Requests.Count);
    }

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Process(message);
        return ValueTask.CompletedTask;
    }
}

using System.Text.Json;
using Xunit.Sdk;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>
/// Holds each answer that a test meets to the document, whatever the test itself looks for. Calls may be as wrong as they like: how the API
/// answers those is documented too.
/// </summary>
internal sealed class ContractCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Base = "/api";

    private static readonly Contract Contract = Contract.Document;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var path = Decoded(request.RequestUri!.AbsolutePath);
        if (request.Method == HttpMethod.Options || !path.StartsWith(Base + "/", StringComparison.OrdinalIgnoreCase))
        {
            return answer;
        }

        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var operation = Contract.Find(request.Method.Method, path[Base.Length..]);
        var faults = operation is null ? Undocumented(answer, body) : AnswerRules.Faults(Contract, operation, answer, body);
        return faults.ToArray() is { Length: > 0 } all
            ? throw new XunitException($"{request.Method} {path} {(int)answer.StatusCode}, {operation?.ToString() ?? "which isn't documented"}: {string.Join("; ", all)}")
            : answer;
    }

    /// <summary>Nothing but problems may come from where the document has nothing.</summary>
    private static IEnumerable<string> Undocumented(HttpResponseMessage answer, byte[] body)
    {
        if ((int)answer.StatusCode is < 400 or > 499 || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return ["only a problem may be answered there"];
        }

        using var problem = JsonDocument.Parse(body);
        return Contract.Schema.Check(Contract.Schema.Resolve("#/components/schemas/Problem"), problem.RootElement);
    }

    /// <summary>As routing sees it: each segment decoded, but for the slash.</summary>
    private static string Decoded(string path) =>
        string.Join('/', path.Split('/').Select(segment => Uri.UnescapeDataString(segment).Replace("/", "%2F", StringComparison.Ordinal)));
}

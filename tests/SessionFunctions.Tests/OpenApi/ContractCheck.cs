using Xunit.Sdk;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>
/// Holds each answer that a test meets to the document, whatever the test itself looks for. Calls may be as wrong as they like: how the API
/// answers those is documented too.
/// </summary>
internal sealed class ContractCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Base = "/api";
    private const string Keys = "/sessions/current/data/";

    private static readonly Contract Contract = Contract.Document;

    /// <summary>What is wrong with an answer to a call of that address; nothing where it is as documented, or isn't the API's.</summary>
    public static IReadOnlyList<string> Faults(string method, string address, int status, IReadOnlyList<(string Name, string Value)> headers, byte[] body)
    {
        var path = Decoded(address);
        if (method == "OPTIONS" || !path.StartsWith(Base + "/", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        // HEAD stands in no operation: it is answered as GET is, or not taken.
        var isHead = method == "HEAD";
        var operation = isHead && status == 405 ? null : Contract.Find(isHead ? "GET" : method, path[Base.Length..]);
        var faults = operation is null
            ? AnswerRules.FaultsOfUndocumented(Contract, ExpectedOutside(path), status, headers, body)
            : AnswerRules.Faults(Contract, operation, status, headers, isHead ? null : body);
        return [.. faults.Select(fault => $"{method} {path} {status}, {operation?.ToString() ?? "which isn't documented"}: {fault}")];
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var headers = answer.Headers.Concat(answer.Content.Headers).SelectMany(header => header.Value, (header, value) => (header.Key, value)).ToList();
        var faults = Faults(
            request.Method.Method, request.RequestUri!.AbsolutePath, (int)answer.StatusCode, headers, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        return faults.Count == 0 ? answer : throw new XunitException(string.Join('\n', faults));
    }

    /// <summary>What may be answered to a call that is none of the document's. A function key that is missing is refused first.</summary>
    private static int[] ExpectedOutside(string path) => path.EndsWith('/') ? [401, 422]
        : path.Contains(Keys, StringComparison.OrdinalIgnoreCase) ? [401, 403, 404, 405, 422] // a key with a slash, which only PATCH of the data reaches
        : [404, 405];

    /// <summary>As routing sees it: each segment decoded, but for the slash, and none that only lead elsewhere; of one at the end a slash is left.</summary>
    private static string Decoded(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/').Select(Uri.UnescapeDataString))
        {
            switch (segment)
            {
                case ".":
                    break;
                case "..":
                    segments.RemoveRange(Math.Max(1, segments.Count - 1), Math.Min(1, segments.Count - 1));
                    break;
                default:
                    segments.Add(segment.Replace("/", "%2F", StringComparison.Ordinal));
                    break;
            }
        }

        return string.Join('/', segments) + (Uri.UnescapeDataString(path.Split('/')[^1]) is "." or ".." ? "/" : "");
    }
}

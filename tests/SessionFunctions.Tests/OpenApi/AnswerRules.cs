using System.Net.Http.Headers;
using System.Text.Json;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>Whether an answer is one that the document has: its status, its headers, the type of its body and what stands in it.</summary>
internal static class AnswerRules
{
    /// <summary>What HTTP itself and CORS bring along on any answer.</summary>
    private static readonly HashSet<string> Standard =
        new(["Date", "Content-Length", "Content-Type", "Transfer-Encoding", "Vary"], StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Faults(Contract contract, Operation operation, HttpResponseMessage answer, byte[] body)
    {
        var (status, response) = operation.Responses.FirstOrDefault(known => known.Status == (int)answer.StatusCode);
        return status == 0
            ? [$"the status {(int)answer.StatusCode} isn't documented"]
            : HeaderFaults(contract, response, answer).Concat(BodyFaults(contract, response, answer.Content.Headers.ContentType, body));
    }

    private static IEnumerable<string> HeaderFaults(Contract contract, JsonElement response, HttpResponseMessage answer)
    {
        var sent = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => header.Value.ToList(), StringComparer.OrdinalIgnoreCase);
        var known = response.TryGetProperty("headers", out var headers)
            ? headers.EnumerateObject().ToDictionary(header => header.Name, header => contract.Follow(header.Value), StringComparer.OrdinalIgnoreCase)
            : [];
        foreach (var (name, values) in sent.Where(header => !IsStandard(header.Key)))
        {
            if (!known.TryGetValue(name, out var header))
            {
                yield return $"the header {name} isn't documented";
                continue;
            }

            foreach (var fault in values.SelectMany(value => contract.Schema.Check(header.GetProperty("schema"), JsonSerializer.SerializeToElement(value))))
            {
                yield return $"the header {name}{fault}";
            }
        }

        foreach (var (name, header) in known)
        {
            if (!sent.ContainsKey(name) && header.TryGetProperty("required", out var required) && required.GetBoolean())
            {
                yield return $"the header {name} is missing";
            }
        }
    }

    private static IEnumerable<string> BodyFaults(Contract contract, JsonElement response, MediaTypeHeaderValue? type, byte[] body)
    {
        if (!response.TryGetProperty("content", out var content))
        {
            return body.Length == 0 ? [] : ["there is a body, and none is documented"];
        }

        if (type?.MediaType is not { } name || !content.TryGetProperty(name, out var media))
        {
            return [$"the media type {type} isn't documented"];
        }

        if (!name.EndsWith("json", StringComparison.Ordinal))
        {
            return body.Length > 0 ? [] : ["the body is empty"];
        }

        using var document = JsonDocument.Parse(body);
        return [.. contract.Schema.Check(media.GetProperty("schema"), document.RootElement).Select(fault => $"the body{fault}")];
    }

    private static bool IsStandard(string name) => Standard.Contains(name) || name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase);
}

using System.Net.Http.Headers;
using System.Text.Json;

using Header = (string Name, string Value);

namespace SessionFunctions.Tests.OpenApi;

/// <summary>Whether an answer is one that the document has: its status, its headers, the type of its body and what stands in it.</summary>
internal static class AnswerRules
{
    /// <summary>What HTTP itself and CORS bring along on any answer.</summary>
    private static readonly HashSet<string> Standard =
        new(["Connection", "Date", "Content-Length", "Content-Type", "Transfer-Encoding", "Vary"], StringComparer.OrdinalIgnoreCase);

    /// <param name="body">Null where there is none, and the headers are those of one: the answer to HEAD.</param>
    public static IEnumerable<string> Faults(Contract contract, Operation operation, int status, IReadOnlyList<Header> headers, byte[]? body)
    {
        var (known, response) = operation.Responses.FirstOrDefault(response => response.Status == status);
        return known == 0 ? [$"the status {status} isn't documented"] : HeaderFaults(contract, response, headers).Concat(body is null ? [] : BodyFaults(contract, response, TypeOf(headers), body));
    }

    /// <summary>Nothing but problems may come from where the document has nothing, and of those the few that say so.</summary>
    public static IEnumerable<string> FaultsOfUndocumented(Contract contract, int[] expected, int status, IReadOnlyList<Header> headers, byte[] body)
    {
        if (!expected.Contains(status) || TypeOf(headers) != "application/problem+json")
        {
            return [$"only a problem may be answered there, with {string.Join(" or ", expected)}"];
        }

        if (body.Length == 0) // to HEAD
        {
            return [];
        }

        using var problem = JsonDocument.Parse(body);
        return contract.Schemas.Check(contract.Schemas.Resolve("#/components/schemas/Problem"), problem.RootElement);
    }

    private static string? TypeOf(IEnumerable<Header> headers) =>
        headers.FirstOrDefault(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value is { } type
            ? MediaTypeHeaderValue.Parse(type).MediaType
            : null;

    private static IEnumerable<string> HeaderFaults(Contract contract, JsonElement response, IReadOnlyList<Header> headersSent)
    {
        var sent = headersSent.ToLookup(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        var known = response.TryGetProperty("headers", out var headers)
            ? headers.EnumerateObject().ToDictionary(header => header.Name, header => contract.Follow(header.Value), StringComparer.OrdinalIgnoreCase)
            : [];
        foreach (var values in sent.Where(header => !IsStandard(header.Key)))
        {
            var name = values.Key;
            if (!known.TryGetValue(name, out var header))
            {
                yield return $"the header {name} isn't documented";
                continue;
            }

            foreach (var fault in values.SelectMany(value => contract.Schemas.Check(header.GetProperty("schema"), JsonSerializer.SerializeToElement(value))))
            {
                yield return $"the header {name}{fault}";
            }
        }

        foreach (var (name, header) in known)
        {
            if (!sent.Contains(name) && header.TryGetProperty("required", out var required) && required.GetBoolean())
            {
                yield return $"the header {name} is missing";
            }
        }
    }

    private static IEnumerable<string> BodyFaults(Contract contract, JsonElement response, string? type, byte[] body)
    {
        if (!response.TryGetProperty("content", out var content))
        {
            return body.Length == 0 ? [] : ["there is a body, and none is documented"];
        }

        if (type is null || !content.TryGetProperty(type, out var media))
        {
            return [$"the media type {type} isn't documented"];
        }

        if (!type.EndsWith("json", StringComparison.Ordinal))
        {
            return body.Length > 0 ? [] : ["the body is empty"];
        }

        using var document = JsonDocument.Parse(body);
        return [.. contract.Schemas.Check(media.GetProperty("schema"), document.RootElement).Select(fault => $"the body{fault}")];
    }

    private static bool IsStandard(string name) => Standard.Contains(name) || name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase);
}

using System.Text.Json;
using SessionFunctions.Tests.OpenApi;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>What holds for every answer, whatever was sent. Each method gives what is wrong, or nothing.</summary>
internal static class FuzzRules
{
    /// <summary>What Kestrel answers by itself, with no body, to what isn't proper HTTP.</summary>
    private static readonly int[] ServersOwn = [400, 405, 411, 413, 414, 431];

    private static readonly string[] Traces = ["   at ", "Exception", "System.", ".cs:line"];

    public static IEnumerable<string> Broken(FuzzCall call, FuzzAnswer? answer)
    {
        if (answer is null)
        {
            return ["no answer"];
        }

        if (answer.Status >= 500)
        {
            return [$"status {answer.Status}: {answer.Text}"];
        }

        if (call.IsBroken && ServersOwn.Contains(answer.Status) && answer.Body.Length == 0)
        {
            return [];
        }

        return AsProblem(call, answer).Concat(Headers(call, answer)).Concat(LetIn(call, answer));
    }

    private static IEnumerable<string> AsProblem(FuzzCall call, FuzzAnswer answer)
    {
        if (answer.Status < 400 || call.Method == "HEAD")
        {
            yield break;
        }

        if (answer.Header("Content-Type") != "application/problem+json")
        {
            yield return $"{answer.Status} as {answer.Header("Content-Type")}";
        }

        if (answer.Json is not { ValueKind: JsonValueKind.Object } json
            || answer.TextOf("type")?.StartsWith("urn:session-functions:problem:", StringComparison.Ordinal) is not true
            || string.IsNullOrEmpty(answer.TextOf("title"))
            || !json.TryGetProperty("status", out var status)
            || status.GetInt32() != answer.Status)
        {
            yield return $"not a whole problem: {answer.Text}";
        }

        if (Traces.FirstOrDefault(trace => answer.Text.Contains(trace, StringComparison.Ordinal)) is { } trace)
        {
            yield return $"'{trace}' in: {answer.Text}";
        }
    }

    private static IEnumerable<string> Headers(FuzzCall call, FuzzAnswer answer)
    {
        // What isn't about anybody may be kept: the keys for JWTs, the API's description.
        var kept = answer.Status < 400 && call.Route is { IsAboutSomebody: false };
        if (call.Route is not null && answer.Header("Cache-Control") != "no-store" && !kept)
        {
            yield return $"Cache-Control {answer.Header("Cache-Control")}";
        }

        var address = call.Target.Split('?')[0];
        foreach (var fault in call.Route is null ? [] : ContractCheck.Faults(call.Method, address, answer.Status, answer.Headers, answer.Body))
        {
            yield return fault;
        }

        if (answer.Header("Server") is { } server)
        {
            yield return $"Server: {server}";
        }
    }

    private static IEnumerable<string> LetIn(FuzzCall call, FuzzAnswer answer)
    {
        if (call.Route is { NeedsKey: true } && !call.HasKey && answer.Status is not (401 or 404 or 405 or 422))
        {
            yield return $"{answer.Status} without a function key";
        }

        if (call.Route is { IsHolders: true, IsLogOut: false } && !(call.IsBroken && answer.Status == 404) && call.Headers.All(header => header.Name is not ("Authorization" or "Cookie" or "Session-Token")) && answer.Status is not (401 or 403 or 405 or 422))
        {
            yield return $"{answer.Status} without a token";
        }
    }
}

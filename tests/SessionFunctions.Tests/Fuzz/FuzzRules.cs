using SessionFunctions.Tests.OpenApi;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>What holds for every answer, whatever was sent. Each method gives what is wrong, or nothing.</summary>
internal static class FuzzRules
{
    /// <summary>What Kestrel answers by itself, with no body, to what isn't proper HTTP.</summary>
    private static readonly int[] ServersOwn = [400, 405, 411, 413, 414, 431];

    private static readonly string[] Traces = ["   at ", "Exception", "System.", ".cs:line"];

    public static IEnumerable<string> Broken(FuzzCall call, FuzzAnswer? answer) =>
        answer is null ? ["no answer"]
        : answer.Status >= 500 ? [$"status {answer.Status}: {answer.Text}"]
        : call.IsBroken && ServersOwn.Contains(answer.Status) && answer.Body.Length == 0 ? []
        : AsProblem(call, answer).Concat(AsDocumented(call, answer)).Concat(LetIn(call, answer));

    private static IEnumerable<string> AsProblem(FuzzCall call, FuzzAnswer answer)
    {
        if (answer.Status < 400 || call.Method == "HEAD")
        {
            yield break;
        }

        if (answer.Header("Content-Type") != "application/problem+json"
            || answer.TextOf("type")?.StartsWith("urn:session-functions:problem:", StringComparison.Ordinal) is not true
            || string.IsNullOrEmpty(answer.TextOf("title"))
            || answer.Json!.Value.GetProperty("status").GetInt32() != answer.Status)
        {
            yield return $"{answer.Status}, and not a whole problem: {answer.Header("Content-Type")} {answer.Text}";
        }

        if (Traces.FirstOrDefault(trace => answer.Text.Contains(trace, StringComparison.Ordinal)) is { } trace)
        {
            yield return $"'{trace}' in: {answer.Text}";
        }
    }

    private static IEnumerable<string> AsDocumented(FuzzCall call, FuzzAnswer answer)
    {
        if (answer.Header("Server") is { } server)
        {
            yield return $"Server: {server}";
        }

        // What isn't about anybody may be kept: the keys for JWTs, the API's description.
        if (call.Route is { } route && answer.Header("Cache-Control") != "no-store" && (answer.Status >= 400 || route.IsAboutSomebody))
        {
            yield return $"Cache-Control {answer.Header("Cache-Control")}";
        }

        foreach (var fault in call.Route is null ? [] : ContractCheck.Faults(call.Method, call.Target.Split('?')[0], answer.Status, answer.Headers, answer.Body))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> LetIn(FuzzCall call, FuzzAnswer answer)
    {
        // What is left of an address whose last part was empty or dots leads nowhere, and says so to everybody.
        if (call.IsBroken && answer.Status is (404 or 405 or 422))
        {
            yield break;
        }

        if (call.Route is { NeedsKey: true } && !call.HasKey && answer.Status is not (401 or 404 or 405))
        {
            yield return $"{answer.Status} without a function key";
        }

        var needsOne = call.Route is { IsHolders: true, IsLogOut: false, TakesAnyRest: false };
        if (needsOne && call is { Shown.Count: not 1, Misused: null, IsStrangers: false } && answer.Status is not (401 or 403))
        {
            yield return $"{answer.Status} with {call.Shown.Count} tokens";
        }
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>One operation of the document.</summary>
public sealed class Operation(Contract contract, string path, JsonElement shared, string method, JsonElement json)
{
    private readonly Regex _path = PatternOf(path);

    public string Id => json.GetProperty("operationId").GetString()!;

    public string Path => path;

    public string Method => method;

    public JsonElement Json => json;

    /// <summary>Those of the path, and its own.</summary>
    public IEnumerable<JsonElement> Parameters =>
        from element in new[] { shared, json }
        where element.TryGetProperty("parameters", out _)
        from parameter in element.GetProperty("parameters").EnumerateArray()
        select contract.Follow(parameter);

    public IEnumerable<(int Status, JsonElement Json)> Responses =>
        json.GetProperty("responses").EnumerateObject().Select(response => (int.Parse(response.Name), contract.Follow(response.Value)));

    /// <summary>Request bodies to show, with the media type of each.</summary>
    public IEnumerable<(string MediaType, string Name, JsonElement Value)> RequestExamples =>
        json.TryGetProperty("requestBody", out var body)
            ? from content in body.GetProperty("content").EnumerateObject()
              from example in content.Value.GetProperty("examples").EnumerateObject()
              select (content.Name, example.Name, example.Value.GetProperty("value"))
            : [];

    /// <summary>The schemes that let a caller in; none where nobody needs to show anything.</summary>
    public IReadOnlyList<string> Security =>
        [.. json.GetProperty("security").EnumerateArray().SelectMany(one => one.EnumerateObject()).Select(scheme => scheme.Name)];

    public bool ForHolders => Security.Contains("bearer");

    public bool ForOperators => Security.Contains("functionKey");

    public bool HasBody => json.TryGetProperty("requestBody", out _);

    public bool Takes(string called) => _path.IsMatch(called);

    public bool Takes(string place, string parameter) => Parameters.Any(known =>
        known.GetProperty("in").GetString() == place && known.GetProperty("name").GetString() == parameter);

    public override string ToString() => $"{Method} {Path} ({Id})";

    private static Regex PatternOf(string path) => new(
        $@"^{Regex.Replace(Regex.Escape(path), @"\\\{\w+}", "[^/]+")}\z",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));
}

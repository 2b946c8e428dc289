using System.Text.Json;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>
/// JSON Schema 2020-12, as far as the document uses it. A keyword that isn't known here throws: passed over in silence it would look like a
/// rule that is kept.
/// </summary>
/// <param name="root">The document that references point into.</param>
public sealed class JsonSchema(JsonElement root)
{
    private delegate IEnumerable<string> Rule(JsonSchema schema, JsonElement value, JsonElement instance, string at, JsonElement siblings);

    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        ["$ref"] = static (schema, value, instance, at, _) => schema.Faults(schema.Resolve(value.GetString()!), instance, at),
        ["oneOf"] = static (schema, value, instance, at, _) =>
            value.EnumerateArray().Count(one => schema.Faults(one, instance, at).Count == 0) is var fits and not 1 ? [$"{at} fits {fits} of oneOf"] : [],
        ["properties"] = static (schema, value, instance, at, _) => instance.ValueKind != JsonValueKind.Object
            ? []
            : value.EnumerateObject().SelectMany(property => instance.TryGetProperty(property.Name, out var member)
                ? schema.Faults(property.Value, member, $"{at}/{property.Name}")
                : []),
        ["additionalProperties"] = static (schema, value, instance, at, siblings) => instance.ValueKind != JsonValueKind.Object
            ? []
            : instance.EnumerateObject().Where(member => !Names(siblings).Contains(member.Name))
                .SelectMany(member => schema.Faults(value, member.Value, $"{at}/{member.Name}")),
        ["items"] = static (schema, value, instance, at, _) => instance.ValueKind != JsonValueKind.Array
            ? []
            : instance.EnumerateArray().SelectMany((item, i) => schema.Faults(value, item, $"{at}/{i}")),
        ["required"] = static (_, value, instance, at, _) => instance.ValueKind != JsonValueKind.Object
            ? []
            : value.EnumerateArray().Select(name => name.GetString()!).Where(name => !instance.TryGetProperty(name, out var _)).Select(name => $"{at} has no {name}"),
    };

    private static readonly HashSet<string> Annotations = ["description", "title", "default", "examples"];

    /// <summary>What is wrong with an instance; nothing where it fits.</summary>
    public IReadOnlyList<string> Check(JsonElement schema, JsonElement instance) => [.. Faults(schema, instance, "")];

    public JsonElement Resolve(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            throw new NotSupportedException($"{reference} doesn't point into the document.");
        }

        return reference[2..].Split('/').Aggregate(root, (at, name) =>
            at.TryGetProperty(name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out var next)
                ? next
                : throw new KeyNotFoundException($"{reference} leads nowhere."));
    }

    private List<string> Faults(JsonElement schema, JsonElement instance, string at)
    {
        switch (schema.ValueKind)
        {
            case JsonValueKind.True:
                return [];
            case JsonValueKind.False:
                return [$"{at} shouldn't be there"];
        }

        var faults = new List<string>();
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Rules.TryGetValue(keyword.Name, out var rule))
            {
                faults.AddRange(rule(this, keyword.Value, instance, at, schema));
            }
            else if (ValueRules.Holds(keyword.Name, keyword.Value, instance) is { } holds)
            {
                faults.AddRange(holds ? [] : [$"{at} is {instance.GetRawText()}, against {keyword.Name} {keyword.Value.GetRawText()}"]);
            }
            else if (!Annotations.Contains(keyword.Name))
            {
                throw new NotSupportedException($"This validator doesn't know {keyword.Name}.");
            }
        }

        return faults;
    }

    private static HashSet<string> Names(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(property => property.Name)] : [];
}

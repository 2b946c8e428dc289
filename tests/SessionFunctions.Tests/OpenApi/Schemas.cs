using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Json.Pointer;
using Json.Schema;
using Json.Schema.Keywords;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>
/// The schemas of the document, in JSON Schema 2020-12 as OpenAPI 3.1 has it, but with the keywords that the document uses and no others:
/// one that is misspelt would be passed over in silence, and look like a rule that is kept.
/// </summary>
/// <param name="root">The document that references point into.</param>
public sealed class Schemas(JsonElement root)
{
    private static readonly Uri Place = new("https://contract.example/openapi.json");

    private static readonly Dialect Keywords = new(
    [
        RefKeyword.Instance, OneOfKeyword.Instance, TypeKeyword.Instance, ConstKeyword.Instance, EnumKeyword.Instance,
        PropertiesKeyword.Instance, PatternPropertiesKeyword.Instance, AdditionalPropertiesKeyword.Instance, RequiredKeyword.Instance, MinPropertiesKeyword.Instance,
        ItemsKeyword.Instance, PrefixItemsKeyword.Instance, MinItemsKeyword.Instance, MaxItemsKeyword.Instance,
        MinimumKeyword.Instance, MaximumKeyword.Instance, ExclusiveMinimumKeyword.Instance,
        MinLengthKeyword.Instance, MaxLengthKeyword.Instance, PatternKeyword.Instance, FormatKeyword.Instance,
        DescriptionKeyword.Instance, TitleKeyword.Instance, DefaultKeyword.Instance, ExamplesKeyword.Instance,
    ])
    {
        AllowUnknownKeywords = false,
    };

    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private static readonly EvaluationOptions Strictly = StrictOptions();

    private readonly BuildOptions _build = BuildOptionsFor(root);
    private readonly ConcurrentDictionary<string, JsonSchema> _built = new(StringComparer.Ordinal);

    /// <summary>What is wrong with an instance; nothing where it fits.</summary>
    public IReadOnlyList<string> Check(JsonElement schema, JsonElement instance)
    {
        var result = _built.GetOrAdd(schema.GetRawText(), Build).Evaluate(instance, Strictly);
        if (result.IsValid)
        {
            return [];
        }

        var faults = from part in (result.Details ?? []).Append(result)
                     from error in part.Errors ?? []
                     select $"{part.InstanceLocation} is {part.InstanceLocation.Evaluate(instance)}: {error.Value}";
        return [.. faults.DefaultIfEmpty(" fits several of oneOf")]; // which the library doesn't say
    }

    public JsonElement Resolve(string reference) =>
        JsonPointer.Parse(reference[1..]).Evaluate(root) ?? throw new KeyNotFoundException($"{reference} leads nowhere.");

    /// <summary>Out of its place in the document, a reference needs the document's address.</summary>
    private JsonSchema Build(string schema) => JsonSchema.FromText(schema.Replace("\"#/", $"\"{Place}#/", StringComparison.Ordinal), _build);

    private static BuildOptions BuildOptionsFor(JsonElement root)
    {
        var options = new BuildOptions { Dialect = Keywords, SchemaRegistry = new SchemaRegistry() };
        options.SchemaRegistry.Register(new JsonElementBaseDocument(root, Place));
        return options;
    }

    /// <summary>The library would take a date and a time with a space between them.</summary>
    private static EvaluationOptions StrictOptions()
    {
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
        options.FormatRegistry.Register(new PredicateFormat("date-time", value => value.ValueKind != JsonValueKind.String
            || DateTimeOffset.TryParseExact(value.GetString(), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)));
        return options;
    }
}

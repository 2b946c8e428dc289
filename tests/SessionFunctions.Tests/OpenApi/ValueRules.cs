using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>The keywords of JSON Schema that look at one value by itself. Each holds for a value of a type it isn't about.</summary>
internal static class ValueRules
{
    private static readonly Dictionary<string, Func<JsonElement, JsonElement, bool>> Rules = new(StringComparer.Ordinal)
    {
        ["type"] = static (value, instance) => value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Any(type => IsOfType(type.GetString()!, instance))
            : IsOfType(value.GetString()!, instance),
        ["const"] = JsonElement.DeepEquals,
        ["enum"] = static (value, instance) => value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, instance)),
        ["minimum"] = static (value, instance) => !IsNumber(instance) || instance.GetDouble() >= value.GetDouble(),
        ["maximum"] = static (value, instance) => !IsNumber(instance) || instance.GetDouble() <= value.GetDouble(),
        ["exclusiveMinimum"] = static (value, instance) => !IsNumber(instance) || instance.GetDouble() > value.GetDouble(),
        ["minLength"] = static (value, instance) => !IsText(instance) || LengthOf(instance) >= value.GetInt32(),
        ["maxLength"] = static (value, instance) => !IsText(instance) || LengthOf(instance) <= value.GetInt32(),
        ["minItems"] = static (value, instance) => !IsList(instance) || instance.GetArrayLength() >= value.GetInt32(),
        ["maxItems"] = static (value, instance) => !IsList(instance) || instance.GetArrayLength() <= value.GetInt32(),
        ["pattern"] = static (value, instance) => !IsText(instance)
            || Regex.IsMatch(instance.GetString()!, value.GetString()!, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)),
        ["format"] = static (value, instance) => !IsText(instance) || IsInFormat(value.GetString()!, instance.GetString()!),
    };

    /// <summary>Null where the keyword isn't one of these.</summary>
    public static bool? Holds(string keyword, JsonElement value, JsonElement instance) =>
        Rules.TryGetValue(keyword, out var rule) ? rule(value, instance) : null;

    private static bool IsOfType(string type, JsonElement instance) => type switch
    {
        "null" => instance.ValueKind == JsonValueKind.Null,
        "boolean" => instance.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => instance.ValueKind == JsonValueKind.Object,
        "array" => IsList(instance),
        "string" => IsText(instance),
        "number" => IsNumber(instance),
        "integer" => IsNumber(instance) && double.IsInteger(instance.GetDouble()),
        _ => throw new NotSupportedException($"This validator doesn't know the type {type}."),
    };

    private static bool IsInFormat(string format, string text) => format == "date-time"
        ? Regex.IsMatch(text, @"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)\z", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)
        : throw new NotSupportedException($"This validator doesn't know the format {format}.");

    /// <summary>In characters of Unicode, as the specification counts.</summary>
    private static int LengthOf(JsonElement instance) => instance.GetString()!.EnumerateRunes().Count();

    private static bool IsText(JsonElement instance) => instance.ValueKind == JsonValueKind.String;

    private static bool IsNumber(JsonElement instance) => instance.ValueKind == JsonValueKind.Number;

    private static bool IsList(JsonElement instance) => instance.ValueKind == JsonValueKind.Array;
}

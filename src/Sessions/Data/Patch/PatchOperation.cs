using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sessions.Data.Patch;

/// <summary>One operation of a JSON Patch: well-formed, and not yet tried on anything.</summary>
internal sealed class PatchOperation
{
    private readonly JsonElement _value;

    private PatchOperation(string name, JsonPointer path, JsonPointer? from, JsonElement value) =>
        (Name, Path, From, _value, Depth) = (name, path, from, value, DepthOf(value));

    public string Name { get; }

    public JsonPointer Path { get; }

    /// <summary>Of move and copy.</summary>
    public JsonPointer? From { get; }

    /// <summary>Of the value. Measured here, once, where no tree need be built for it.</summary>
    public int Depth { get; }

    /// <summary>Of add, replace and test. A node of its own each time: a patch may have to be applied more than once.</summary>
    public JsonNode? NewValue() => _value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(_value),
        JsonValueKind.Array => JsonArray.Create(_value),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(_value),
    };

    /// <summary>Members that the RFC doesn't name are ignored, as it demands.</summary>
    public static Result<PatchOperation> Parse(JsonElement operation)
    {
        if (operation.ValueKind != JsonValueKind.Object)
        {
            return Refusal.Malformed("An operation is a JSON object.");
        }

        if (TextOf(operation, "op") is not ("add" or "remove" or "replace" or "move" or "copy" or "test"))
        {
            return Refusal.Malformed("\"op\" must be add, remove, replace, move, copy or test.");
        }

        var name = TextOf(operation, "op")!;
        if (PointerOf(operation, "path") is not { } path)
        {
            return Refusal.Malformed("\"path\" must be a JSON Pointer.");
        }

        JsonPointer? from = null;
        if (name is "move" or "copy" && (from = PointerOf(operation, "from")) is null)
        {
            return Refusal.Malformed("\"from\" must be a JSON Pointer.");
        }

        JsonElement value = default;
        if (name is "add" or "replace" or "test" && !operation.TryGetProperty("value", out value))
        {
            return Refusal.Malformed("\"value\" is missing.");
        }

        return name == "move" && from!.IsAbove(path)
            ? Refusal.NotAllowed("A value can't be moved into itself.")
            : new PatchOperation(name, path, from, value);
    }

    private static int DepthOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Select(member => DepthOf(member.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + value.EnumerateArray().Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static string? TextOf(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static JsonPointer? PointerOf(JsonElement operation, string name) =>
        TextOf(operation, name) is { } text ? JsonPointer.TryParse(text) : null;
}

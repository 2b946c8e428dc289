using System.Text.Json.Nodes;

namespace Sessions.Data.Patch;

/// <summary>The data while a patch is at work on it. Each call answers why it couldn't be done, or null once it is.</summary>
internal sealed class PatchedTree(JsonObject root)
{
    /// <summary>A copy of a copy doubles the data with each operation, so what copies may add has a bound long before memory has.</summary>
    private const int MaxCopiedChars = 4 * 1024 * 1024;

    private static readonly Refusal Nothing = Refusal.Conflict("There is nothing at the place it names.");
    private static readonly Refusal NoPlace = Refusal.Conflict("The data has no place there.");
    private static readonly Refusal RootIsObject = Refusal.NotAllowed("The data as a whole must stay a JSON object.");
    private static readonly Refusal TooDeep = Refusal.NotAllowed($"The data would be nested deeper than {JsonRules.MaxDepth} levels.");

    private int _copied;

    public JsonObject Root { get; private set; } = root;

    public Refusal? Add(JsonPointer path, JsonNode? value)
    {
        if (path.Tokens.Count + DepthOf(value) > JsonRules.MaxDepth)
        {
            return TooDeep;
        }

        if (path.Tokens.Count == 0)
        {
            return SetRoot(value);
        }

        var last = path.Tokens[^1];
        path.TryFindParent(Root, out var parent);
        switch (parent)
        {
            case JsonObject container:
                container[last] = value;
                return null;

            case JsonArray list when last == "-":
                list.Add(value);
                return null;

            case JsonArray list when JsonPointer.IndexOf(last) is { } index && index <= list.Count:
                list.Insert(index, value);
                return null;

            default:
                return NoPlace;
        }
    }

    public Refusal? Remove(JsonPointer path)
    {
        if (path.Tokens.Count == 0)
        {
            return RootIsObject;
        }

        switch (ParentOfExisting(path))
        {
            case JsonObject container:
                container.Remove(path.Tokens[^1]);
                return null;

            case JsonArray list:
                list.RemoveAt(JsonPointer.IndexOf(path.Tokens[^1])!.Value);
                return null;

            default:
                return Nothing;
        }
    }

    /// <summary>In place: a member keeps its position, which removing and adding it wouldn't.</summary>
    public Refusal? Replace(JsonPointer path, JsonNode? value)
    {
        if (path.Tokens.Count == 0 || path.Tokens.Count + DepthOf(value) > JsonRules.MaxDepth)
        {
            return Add(path, value);
        }

        switch (ParentOfExisting(path))
        {
            case JsonObject container:
                container[path.Tokens[^1]] = value;
                return null;

            case JsonArray list:
                list[JsonPointer.IndexOf(path.Tokens[^1])!.Value] = value;
                return null;

            default:
                return Nothing;
        }
    }

    public Refusal? Move(JsonPointer from, JsonPointer path) =>
        !from.TryFind(Root, out var value) ? Nothing
        : from.IsSameAs(path) ? null
        : Remove(from) ?? Add(path, value);

    public Refusal? Copy(JsonPointer from, JsonPointer path)
    {
        if (!from.TryFind(Root, out var value))
        {
            return Nothing;
        }

        _copied += value?.ToJsonString().Length ?? 0;
        return _copied > MaxCopiedChars
            ? Refusal.TooLarge($"The copies of one patch may add up to {MaxCopiedChars} characters.")
            : Add(path, value?.DeepClone());
    }

    public Refusal? Test(JsonPointer path, JsonNode? expected) =>
        !path.TryFind(Root, out var value) ? Nothing
        : JsonEquality.AreEqual(value, expected) ? null
        : Refusal.Conflict("The value isn't the one it tests for.");

    private JsonNode? ParentOfExisting(JsonPointer path) =>
        path.TryFind(Root, out _) && path.TryFindParent(Root, out var parent) ? parent : null;

    private Refusal? SetRoot(JsonNode? value)
    {
        if (value is not JsonObject whole)
        {
            return RootIsObject;
        }

        Root = whole;
        return null;
    }

    /// <summary>Checked with each operation and not only at the end: copies into copies reach depths that no stack survives.</summary>
    private static int DepthOf(JsonNode? node) => node switch
    {
        JsonObject container => 1 + container.Select(member => DepthOf(member.Value)).DefaultIfEmpty().Max(),
        JsonArray list => 1 + list.Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };
}

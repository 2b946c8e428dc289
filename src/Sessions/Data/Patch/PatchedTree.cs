using System.Text.Json.Nodes;

namespace Sessions.Data.Patch;

/// <summary>The data while a patch is at work on it. Each call answers why it couldn't be done, or null once it is.</summary>
internal sealed class PatchedTree(JsonObject root, PatchWork work)
{
    private static readonly Refusal Nothing = Refusal.Conflict("There is nothing at the place it names.");
    private static readonly Refusal NoPlace = Refusal.Conflict("The data has no place there.");
    private static readonly Refusal RootIsObject = Refusal.NotAllowed("The data as a whole must stay a JSON object.");
    private static readonly Refusal TooDeep = Refusal.NotAllowed($"The data would be nested deeper than {JsonRules.MaxDepth} levels.");

    public JsonObject Root { get; private set; } = root;

    /// <param name="path">Where to.</param>
    /// <param name="value">A node that is nowhere else.</param>
    /// <param name="depth">Of the value. Checked with each operation: copies into copies reach depths that no stack survives.</param>
    public Refusal? Add(JsonPointer path, JsonNode? value, int depth)
    {
        if (path.Tokens.Count + depth > JsonRules.MaxDepth)
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
                work.Shift(list.Count - index);
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

        var last = path.Tokens[^1];
        switch (ParentOfExisting(path))
        {
            case JsonObject container:
                work.Rehash(container.Count - container.IndexOf(last));
                container.Remove(last);
                return null;

            case JsonArray list:
                var index = JsonPointer.IndexOf(last)!.Value;
                work.Shift(list.Count - index);
                list.RemoveAt(index);
                return null;

            default:
                return Nothing;
        }
    }

    /// <summary>In place: a member keeps its position, which removing and adding it wouldn't.</summary>
    public Refusal? Replace(JsonPointer path, JsonNode? value, int depth)
    {
        if (path.Tokens.Count == 0 || path.Tokens.Count + depth > JsonRules.MaxDepth)
        {
            return Add(path, value, depth);
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

    public Refusal? Move(JsonPointer from, JsonPointer path)
    {
        if (!from.TryFind(Root, out var value))
        {
            return Nothing;
        }

        if (from.IsSameAs(path))
        {
            return null;
        }

        var size = NodeSize.Of(value);
        work.Visit(size);
        return Remove(from) ?? Add(path, value, size.Depth);
    }

    public Refusal? Copy(JsonPointer from, JsonPointer path)
    {
        if (!from.TryFind(Root, out var value))
        {
            return Nothing;
        }

        var size = NodeSize.Of(value);
        return work.Copy(size) ?? Add(path, value?.DeepClone(), size.Depth);
    }

    public Refusal? Test(JsonPointer path, JsonNode? expected)
    {
        if (!path.TryFind(Root, out var value))
        {
            return Nothing;
        }

        if (!JsonEquality.AreEqual(value, expected))
        {
            return Refusal.Conflict("The value isn't the one it tests for.");
        }

        // What is equal may still be far longer than what was sent: 1 and 1.000…
        work.Compare(NodeSize.Of(value));
        return null;
    }

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
}

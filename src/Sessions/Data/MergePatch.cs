using System.Text.Json.Nodes;

namespace Sessions.Data;

/// <summary>RFC 7396: members of the patch replace those of the target, null removes, objects merge, all else replaces whole.</summary>
public static class MergePatch
{
    public static Result<SessionData> Apply(SessionData target, SessionData patch)
    {
        var tree = target.ToObject();
        Merge(tree, patch.ToObject());
        return SessionData.From(tree);
    }

    /// <summary>The RFC's function for any target and patch; data is always an object, so the service needs the one above only.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target is JsonObject known ? (JsonObject)known.DeepClone() : [];
        Merge(result, changes);
        return result;
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        HashSet<string>? removed = null;
        foreach (var (name, change) in patch)
        {
            if (change is null)
            {
                if (target.ContainsKey(name))
                {
                    (removed ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);
                }
            }
            else if (change is JsonObject inner)
            {
                // Into an empty object even where the target has none: nulls inside a patch never reach the data.
                if (target[name] is not JsonObject existing)
                {
                    target[name] = existing = [];
                }

                Merge(existing, inner);
            }
            else
            {
                target[name] = change.DeepClone();
            }
        }

        if (removed is not null)
        {
            Remove(target, removed);
        }
    }

    /// <summary>
    /// All at once: an object closes the gap behind each member that is removed by itself, which takes the square of their number.
    /// </summary>
    private static void Remove(JsonObject target, HashSet<string> names)
    {
        var kept = target.Where(member => !names.Contains(member.Key)).ToArray();
        target.Clear();
        foreach (var (name, value) in kept)
        {
            target.Add(name, value);
        }
    }
}

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
        foreach (var (name, change) in patch)
        {
            if (change is null)
            {
                target.Remove(name);
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
    }
}

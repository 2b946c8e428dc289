using System.Text.Json;

namespace SessionFunctions.Oidc;

internal static class JsonMembers
{
    /// <summary>The member's text; null where there is no such member, or it isn't a text.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

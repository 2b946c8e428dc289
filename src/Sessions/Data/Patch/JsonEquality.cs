using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sessions.Data.Patch;

/// <summary>
/// Equality as a patch's test means it (RFC 6902, section 4.6): numbers by their value, objects whatever the order of their members.
/// JsonNode.DeepEquals means the same, but fails on a number with an exponent of more than nine digits, which anyone may send.
/// </summary>
internal static class JsonEquality
{
    public static bool AreEqual(JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (null, null) => true,
        (JsonObject x, JsonObject y) => x.Count == y.Count && x.All(member => y.TryGetPropertyValue(member.Key, out var other) && AreEqual(member.Value, other)),
        (JsonArray x, JsonArray y) => x.Count == y.Count && x.Zip(y).All(pair => AreEqual(pair.First, pair.Second)),
        (JsonValue x, JsonValue y) => x.GetValueKind() == y.GetValueKind() && x.GetValueKind() switch
        {
            JsonValueKind.String => x.GetValue<string>() == y.GetValue<string>(),
            JsonValueKind.Number => JsonNumber.AreEqual(x.ToJsonString(), y.ToJsonString()),
            _ => true,
        },
        _ => false,
    };
}

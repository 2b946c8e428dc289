using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sessions.Data.Patch;

/// <summary>How much there is in a part of the data, and how deep it is.</summary>
/// <param name="Depth">Objects and lists within each other.</param>
/// <param name="Nodes">Values, the part itself included.</param>
/// <param name="Containers">Objects and lists among them.</param>
/// <param name="Bytes">What it takes as JSON, nearly.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NodeSize(int Depth, long Nodes, long Containers, long Bytes)
{
    private const int AroundContainer = 3; // brackets, and a comma behind it
    private const int AroundName = 3; // quotes and a colon

    // By index, since an enumerator would be allocated for each of what may be many small objects.
    public static NodeSize Of(JsonNode? node)
    {
        var size = new NodeSize(0, 1, 1, AroundContainer);
        switch (node)
        {
            case JsonObject container:
                for (var i = 0; i < container.Count; i++)
                {
                    var (name, value) = container.GetAt(i);
                    size = size.With(Of(value), AroundName + name.Length);
                }

                return size with { Depth = size.Depth + 1 };

            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    size = size.With(Of(list[i]), 0);
                }

                return size with { Depth = size.Depth + 1 };

            default:
                return new NodeSize(0, 1, 0, 1 + TextOf(node).Length);
        }
    }

    /// <summary>As it was sent: data and patches are parsed, so each value knows its text, and nothing is built to measure it.</summary>
    private static ReadOnlySpan<byte> TextOf(JsonNode? value) =>
        value is null ? "null"u8 : JsonMarshal.GetRawUtf8Value(value.GetValue<JsonElement>());

    private NodeSize With(NodeSize inner, int around) =>
        new(Math.Max(Depth, inner.Depth), Nodes + inner.Nodes, Containers + inner.Containers, Bytes + inner.Bytes + around);
}

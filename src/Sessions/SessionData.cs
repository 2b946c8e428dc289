using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sessions;

/// <summary>A JSON object kept as compact UTF-8: read from storage and written to an answer without being parsed in between.</summary>
public sealed class SessionData
{
    public static readonly SessionData Empty = new("{}"u8.ToArray());

    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = JsonRules.MaxDepth + 1 };

    // The default encoder would write <, >, & and quotes with six bytes each, so that a patch made all other data longer.
    private static readonly JsonWriterOptions Unbounded = new() { MaxDepth = int.MaxValue, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ReadOnlyMemory<byte> _utf8;

    private SessionData(ReadOnlyMemory<byte> utf8) => _utf8 = utf8;

    public ReadOnlySpan<byte> Utf8 => _utf8.Span;

    public int Size => _utf8.Length;

    /// <summary>Takes bytes that an earlier <see cref="Utf8"/> gave, and that nobody changes.</summary>
    internal static SessionData FromStored(ReadOnlyMemory<byte> utf8) => new(utf8);

    /// <summary>Takes an object from outside, in whatever spelling, by the rules of <see cref="JsonRules"/>.</summary>
    public static Result<SessionData> Parse(ReadOnlyMemory<byte> utf8, string what = "The data")
    {
        if (JsonRules.Check(utf8.Span) is { } refusal)
        {
            return refusal;
        }

        using var document = JsonDocument.Parse(utf8, Depth);
        return From(document.RootElement, what);
    }

    /// <summary>Takes an element of a body that <see cref="JsonRules"/> has passed.</summary>
    public static Result<SessionData> From(JsonElement element, string what = "The data") =>
        element.ValueKind == JsonValueKind.Object
            ? new SessionData(CompactJson.Of(JsonMarshal.GetRawUtf8Value(element)))
            : Refusal.NotAllowed($"{what} must be a JSON object.");

    /// <summary>The data as a tree that may be changed.</summary>
    public JsonObject ToObject() => JsonNode.Parse(_utf8.Span, documentOptions: Depth)!.AsObject();

    /// <summary>The tree as data; refused where a change has made it deeper than data may be.</summary>
    public static Result<SessionData> From(JsonObject tree)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Unbounded))
        {
            tree.WriteTo(writer);
        }

        return JsonRules.Check(buffer.WrittenSpan) is { } refusal ? refusal : new SessionData(CompactJson.Of(buffer.WrittenSpan));
    }
}

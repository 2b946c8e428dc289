using System.Text.Json;
using Sessions;

namespace SessionFunctions.Oidc;

/// <summary>A JSON object by the rules that everything from outside must keep here: above all, no name twice, since readers differ on which one counts.</summary>
internal static class StrictJson
{
    public static Result<JsonDocument> ParseObject(ReadOnlyMemory<byte> utf8)
    {
        if (JsonRules.Check(utf8.Span) is { } refusal)
        {
            return refusal;
        }

        var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth + 1 });
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        return Refusal.NotAllowed("It must be a JSON object.");
    }
}

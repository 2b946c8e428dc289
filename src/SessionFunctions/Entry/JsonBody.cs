using System.Text.Json;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>A JSON object from outside, checked as a whole and ready to be taken apart.</summary>
internal static class JsonBody
{
    /// <param name="body">The text.</param>
    /// <param name="extraDepth">Levels of the object around the data, which don't count for the data's depth.</param>
    public static Result<JsonDocument> Parse(ReadOnlyMemory<byte> body, int extraDepth)
    {
        if (JsonRules.Check(body.Span, extraDepth) is { } refusal)
        {
            return refusal;
        }

        var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth + extraDepth + 1 });
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        return Refusal.NotAllowed("The body must be a JSON object.");
    }
}

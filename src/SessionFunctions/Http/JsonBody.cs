using System.Text.Json;
using Sessions;

namespace SessionFunctions.Http;

/// <summary>A JSON object around data: checked as a whole, then taken apart.</summary>
internal static class JsonBody
{
    /// <param name="body">The body as sent.</param>
    /// <param name="extraDepth">Levels of the body around the data, which don't count for its depth.</param>
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

    public static Result<SessionData> DataOf(JsonElement element) => SessionData.From(element);
}

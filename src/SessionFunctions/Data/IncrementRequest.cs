using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Data;

namespace SessionFunctions.Data;

/// <summary>The body of an increment: how much to add.</summary>
internal static class IncrementRequest
{
    public static bool IsJsonOrNothing(HttpRequest request) =>
        RequestBody.MediaTypeOf(request) == RequestBody.Json
        || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    /// <summary>No body at all counts one more. A body must say by how much: one that says something else was meant differently.</summary>
    public static Result<Increment> Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return Increment.One;
        }

        if (JsonRules.Check(body.Span) is { } refusal)
        {
            return refusal;
        }

        using var document = JsonDocument.Parse(body);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().ToArray() is [{ Name: "by" } by]
            ? Increment.Parse(DataValue.From(by.Value))
            : Refusal.NotAllowed("The body must be {\"by\": number}, or empty to add 1.");
    }
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace SessionFunctions.Entry;

/// <summary>An answer that is JSON, written by code that the compiler made for its type.</summary>
internal sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type) : IResult
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    public string MediaType { get; init; } = RequestBody.Json;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, JsonAnswer.Readable))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        httpContext.Response.StatusCode = Status;
        return JsonAnswer.WriteAsync(httpContext.Response, body.WrittenMemory, MediaType);
    }
}

internal static class JsonAnswer
{
    /// <summary>Escapes what JSON needs escaped and no more; the answers are JSON by type and never part of a page.</summary>
    public static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>What the contexts of all answers are made with.</summary>
    public static JsonSerializerOptions Options => new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> body, string contentType)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, response.HttpContext.RequestAborted);
    }
}

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
        httpContext.Response.StatusCode = Status;
        JsonAnswer.Write(
            httpContext.Response, MediaType, (value, type), static (json, what) => JsonSerializer.Serialize(json, what.value, what.type));
        return Task.CompletedTask;
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

    /// <summary>
    /// Writes what <paramref name="write"/> gives: it has to be whole first, since its length goes ahead of it. The server sends it once the
    /// call has ended.
    /// </summary>
    public static void Write<T>(HttpResponse response, string contentType, T what, Action<Utf8JsonWriter, T> write)
    {
        using var scratch = JsonScratch.Take();
        write(scratch.Json, what);
        var body = scratch.Written;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body);
    }

    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> body, string contentType)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, response.HttpContext.RequestAborted);
    }
}

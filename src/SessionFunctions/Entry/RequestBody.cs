using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>Reads a body up to a limit; what is longer is refused before it is held in memory.</summary>
internal static class RequestBody
{
    public const string Json = "application/json";

    /// <summary>Room for white space and for what stands around the data.</summary>
    private const int Slack = 64 * 1024;

    /// <summary>Memory that is taken for a body before any of it is here: whoever announces more gets it as it comes.</summary>
    private const int Small = 16 * 1024;

    /// <summary>
    /// A connection that ends in the middle, and the size of a chunk that no number holds: the server has one exception for both.
    /// </summary>
    private static readonly Refusal Unreadable = Refusal.Malformed(
        "The body can't be read: it breaks off, or a chunk has no size that can be.");

    public static async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(HttpRequest request, int maxDataBytes)
    {
        var limit = (maxDataBytes * 2) + Slack;
        if (request.ContentLength > limit)
        {
            return TooLarge(limit);
        }

        try
        {
            return await ReadUpToAsync(request, limit) is { } body ? body : TooLarge(limit);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            return Unreadable;
        }
    }

    /// <summary>Null where it is longer.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadUpToAsync(HttpRequest request, long limit)
    {
        var announced = request.ContentLength;
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(announced ?? Small, 1, Small));
        while (body.WrittenCount != announced)
        {
            var read = await request.Body.ReadAsync(body.GetMemory(), request.HttpContext.RequestAborted);
            if (read == 0)
            {
                return announced is null ? body.WrittenMemory : throw new EndOfStreamException();
            }

            body.Advance(read);
            if (body.WrittenCount > limit)
            {
                return null;
            }
        }

        return body.WrittenMemory;
    }

    private static Refusal TooLarge(long limit) => Refusal.TooLarge($"The body is longer than {limit} bytes.");

    /// <summary>Reads a body that must be application/json, if there is one, and makes of it what the call needs.</summary>
    public static async Task<Outcome<T>> ReadJsonAsync<T>(HttpRequest request, int maxBytes, Func<ReadOnlyMemory<byte>, Result<T>> parse)
    {
        if (!(await ReadAsync(request, maxBytes)).Succeeded(out var body, out var refusal))
        {
            return refusal;
        }

        return body.IsEmpty || MediaTypeOf(request) == Json ? parse(body) : Problem.WrongMediaType(Json);
    }

    /// <summary>
    /// The media type without its parameters, in lower case; null where there is none, or it names a charset other than UTF-8.
    /// </summary>
    public static string? MediaTypeOf(HttpRequest request) =>
        request.ContentType == Json ? Json
        : MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            ? type.MediaType.Value!.ToLowerInvariant()
            : null;
}

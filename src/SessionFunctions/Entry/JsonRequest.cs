using Microsoft.AspNetCore.Http;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>Reads a body that must be application/json, and makes of it what the call needs.</summary>
internal static class JsonRequest
{
    private const string Json = "application/json";

    /// <returns>The value, or the problem to answer with.</returns>
    public static async Task<(T? Value, Problem? Problem)> ReadAsync<T>(
        HttpRequest request, int maxBytes, Func<ReadOnlyMemory<byte>, Result<T>> parse)
        where T : class
    {
        if (!(await RequestBody.ReadAsync(request, maxBytes)).Succeeded(out var body, out var refusal))
        {
            return (null, Problem.Of(refusal));
        }

        if (!body.IsEmpty && RequestBody.MediaTypeOf(request) != Json)
        {
            return (null, Problem.WrongMediaType(Json));
        }

        return parse(body).Succeeded(out var value, out refusal) ? (value, null) : (null, Problem.Of(refusal));
    }
}

using System.Text;
using Microsoft.AspNetCore.Http;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>
/// The Idempotency-Key header: a string in quotes, as structured fields have it (RFC 9651), or without them, as most clients send it.
/// With quotes or without it is the same key.
/// </summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";

    private const int MaxChars = 255;

    private static readonly Refusal Wrong = Refusal.Malformed(
        $"Idempotency-Key must be sent once, with 1 to {MaxChars} visible ASCII characters that are new for each change, such as a UUID: "
        + "in quotes, or as it is where it has no quote, backslash, comma or semicolon.");

    /// <summary>The key; null where none is sent.</summary>
    public static Result<IdempotencyKey?> Read(HttpRequest request)
    {
        var header = request.Headers[Name];
        if (header.Count == 0)
        {
            return default(IdempotencyKey?);
        }

        return header is [{ } text] && Content(text.Trim()) is { Length: >= 1 and <= MaxChars } key && key.All(c => c is > ' ' and <= '~')
            ? IdempotencyKey.Of(key)
            : Wrong;
    }

    private static string? Content(string text) =>
        text.StartsWith('"') ? Unquoted(text) : text.AsSpan().ContainsAny("\"\\,;") ? null : text;

    /// <summary>Null where it isn't one string from the first quote to the last.</summary>
    private static string? Unquoted(string text)
    {
        var content = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i == text.Length - 1 ? content.ToString() : null;
            }

            if (text[i] == '\\' && (++i == text.Length || text[i] is not ('"' or '\\')))
            {
                return null;
            }

            content.Append(text[i]);
        }

        return null;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Sessions.Data.Patch;

/// <summary>A place in a JSON document (RFC 6901).</summary>
internal sealed class JsonPointer
{
    private JsonPointer(string[] tokens) => Tokens = tokens;

    /// <summary>The names and indexes on the way, unescaped. None: the whole document.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <returns>Null where the text isn't a pointer.</returns>
    public static JsonPointer? TryParse(string text)
    {
        if (text.Length == 0)
        {
            return new JsonPointer([]);
        }

        var tokens = text.Split('/');
        if (tokens[0].Length > 0)
        {
            return null;
        }

        for (var i = 1; i < tokens.Length; i++)
        {
            if (Unescape(tokens[i]) is not { } token)
            {
                return null;
            }

            tokens[i] = token;
        }

        return new JsonPointer(tokens[1..]);
    }

    /// <summary>False where there is nothing at that place; null is something.</summary>
    public bool TryFind(JsonNode? root, out JsonNode? found) => TryFind(root, Tokens.Count, out found);

    /// <summary>The object or array that holds the place, whether or not there is something at it.</summary>
    public bool TryFindParent(JsonNode? root, out JsonNode? parent) => TryFind(root, Tokens.Count - 1, out parent);

    public bool IsAbove(JsonPointer other) => Tokens.Count < other.Tokens.Count && Tokens.SequenceEqual(other.Tokens.Take(Tokens.Count), StringComparer.Ordinal);

    public bool IsSameAs(JsonPointer other) => Tokens.SequenceEqual(other.Tokens, StringComparer.Ordinal);

    /// <summary>Digits without a zero in front; null for all else, <c>-</c> included.</summary>
    public static int? IndexOf(string token) =>
        (token == "0" || (token.Length > 0 && token[0] is >= '1' and <= '9'))
        && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;

    private bool TryFind(JsonNode? root, int depth, out JsonNode? found)
    {
        found = root;
        for (var i = 0; i < depth; i++)
        {
            if (!TryStep(found, Tokens[i], out found))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryStep(JsonNode? from, string token, out JsonNode? found)
    {
        found = null;
        switch (from)
        {
            case JsonObject container:
                return container.TryGetPropertyValue(token, out found);

            case JsonArray list when IndexOf(token) is { } index && index < list.Count:
                found = list[index];
                return true;

            default:
                return false;
        }
    }

    /// <summary>~1 before ~0, or ~01 would become a slash; any other ~ is none of the grammar.</summary>
    private static string? Unescape(string token)
    {
        for (var i = token.IndexOf('~', StringComparison.Ordinal); i >= 0; i = token.IndexOf('~', i + 1))
        {
            if (i + 1 == token.Length || token[i + 1] is not ('0' or '1'))
            {
                return null;
            }
        }

        return token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}

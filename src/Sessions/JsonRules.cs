using System.Text.Json;
using System.Text.Unicode;

namespace Sessions;

/// <summary>
/// What JSON from outside must be: UTF-8, grammatical, no name twice in one object (parsers differ on which one counts),
/// no deeper than <see cref="MaxDepth"/>, names no longer than <see cref="MaxNameChars"/>. One pass, nothing built.
/// </summary>
public static class JsonRules
{
    public const int MaxDepth = 32;
    public const int MaxNameChars = 256;

    /// <summary>Reads what has passed.</summary>
    internal static readonly JsonReaderOptions Passed = new() { MaxDepth = MaxDepth + 1 };

    /// <param name="utf8">The text.</param>
    /// <param name="extraDepth">Levels around the data that don't count, such as the body that carries it.</param>
    public static Refusal? Check(ReadOnlySpan<byte> utf8, int extraDepth = 0)
    {
        if (!Utf8.IsValid(utf8))
        {
            return Refusal.Malformed("The JSON isn't valid UTF-8.");
        }

        // The reader's own depth limit would make "too deep" look like "malformed", so the limit is kept here.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var names = new Stack<HashSet<string>?>();
        try
        {
            while (reader.Read())
            {
                if (Step(ref reader, names, MaxDepth + extraDepth) is { } refusal)
                {
                    return refusal;
                }
            }

            return null;
        }
        catch (JsonException e)
        {
            return Refusal.Malformed($"The JSON is malformed at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            return Refusal.Malformed("A JSON string has half a surrogate pair.");
        }
    }

    private static Refusal? Step(ref Utf8JsonReader reader, Stack<HashSet<string>?> names, int maxDepth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                names.Push(reader.TokenType == JsonTokenType.StartObject ? new HashSet<string>(StringComparer.Ordinal) : null);
                return names.Count > maxDepth ? Refusal.NotAllowed($"The JSON is nested deeper than {MaxDepth} levels.") : null;

            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                names.Pop();
                return null;

            case JsonTokenType.PropertyName:
                var name = reader.GetString()!;
                if (name.Length > MaxNameChars)
                {
                    return Refusal.NotAllowed($"A name in the JSON is longer than {MaxNameChars} characters.");
                }

                return names.Peek()!.Add(name) ? null : Refusal.Malformed("An object in the JSON has the same name twice.");

            case JsonTokenType.String when reader.ValueIsEscaped:
                _ = reader.GetString(); // throws on half a surrogate pair, which no UTF-8 could carry further
                return null;

            default:
                return null;
        }
    }
}

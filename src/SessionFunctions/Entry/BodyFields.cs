using System.Text.Json;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>
/// The members of a JSON body, taken out one by one; the first that is wrong is remembered. A name that isn't known is refused: a misspelt
/// idleTimeout would otherwise be a longer one than was asked for. Null is the same as not there.
/// </summary>
internal sealed class BodyFields : IDisposable
{
    private const int BodyDepth = 1;

    private readonly JsonDocument? _document;
    private Refusal? _refusal;

    private BodyFields(JsonDocument? document) => _document = document;

    /// <param name="body">The body; none at all is the same as one without members.</param>
    /// <param name="known">The members that there may be.</param>
    /// <param name="take">Takes them out.</param>
    public static Result<T> Read<T>(ReadOnlyMemory<byte> body, string[] known, Func<BodyFields, T> take)
    {
        if (!Parse(body).Succeeded(out var fields, out var refusal))
        {
            return refusal;
        }

        using (fields)
        {
            if (fields._document?.RootElement.EnumerateObject().Any(member => !known.Contains(member.Name)) is true)
            {
                fields.Refuse($"The body has a member that isn't known here. Known are {string.Join(", ", known)}.");
            }

            var value = take(fields);
            return fields._refusal is { } wrong ? wrong : value;
        }
    }

    public string? Text(string name) => Take(name, JsonValueKind.String, "a text") is { } value ? value.GetString() : null;

    public bool? Flag(string name) => Take(name, JsonValueKind.True, "true or false", JsonValueKind.False) is { } value ? value.GetBoolean() : null;

    public TimeSpan? Seconds(string name)
    {
        if (Take(name, JsonValueKind.Number, "a positive number of seconds") is not { } value)
        {
            return null;
        }

        if (value.TryGetDouble(out var seconds) && seconds is > 0 and < 1e9)
        {
            return TimeSpan.FromMilliseconds(Math.Floor(seconds * 1000));
        }

        Refuse($"{name} must be a positive number of seconds.");
        return null;
    }

    public SessionData? Object(string name) =>
        Take(name, JsonValueKind.Object, "a JSON object") is { } value && SessionData.From(value).Succeeded(out var data, out _) ? data : null;

    public string? OneOf(string name, params string[] allowed)
    {
        if (Text(name) is not { } text || allowed.Contains(text))
        {
            return Text(name);
        }

        Refuse($"{name} must be {string.Join(" or ", allowed.Select(value => $"\"{value}\""))}.");
        return null;
    }

    public User? User(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (!Sessions.User.TryParse(text, out var user))
        {
            Refuse($"{name} must have 1 to {Sessions.User.MaxBytes} bytes in UTF-8.");
        }

        return user;
    }

    /// <summary>A member that can't be left out.</summary>
    public T Required<T>(string name, T? value)
        where T : class
    {
        if (value is null)
        {
            Refuse($"{name} is missing.");
        }

        return value!;
    }

    /// <summary>A list of texts, each one of those allowed.</summary>
    public IReadOnlyList<string> Several(string name, params string[] allowed)
    {
        if (Take(name, JsonValueKind.Array, "a list") is not { } list)
        {
            return [];
        }

        if (list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && allowed.Contains(item.GetString())))
        {
            return [.. list.EnumerateArray().Select(item => item.GetString()!)];
        }

        Refuse($"{name} must be a list of {string.Join(", ", allowed.Select(value => $"\"{value}\""))}.");
        return [];
    }

    /// <summary>What the members together don't allow.</summary>
    public void Refuse(Refusal refusal) => _refusal ??= refusal;

    public void Dispose() => _document?.Dispose();

    private static Result<BodyFields> Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new BodyFields(null);
        }

        if (JsonRules.Check(body.Span, BodyDepth) is { } refusal)
        {
            return refusal;
        }

        var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth + BodyDepth + 1 });
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return new BodyFields(document);
        }

        document.Dispose();
        return Refusal.NotAllowed("The body must be a JSON object.");
    }

    private JsonElement? Take(string name, JsonValueKind kind, string wanted, JsonValueKind? otherKind = null)
    {
        if (_refusal is not null || _document?.RootElement.TryGetProperty(name, out var value) is not true || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == kind || value.ValueKind == otherKind)
        {
            return value;
        }

        Refuse($"{name} must be {wanted}.");
        return null;
    }

    private void Refuse(string detail) => Refuse(Refusal.NotAllowed(detail));
}

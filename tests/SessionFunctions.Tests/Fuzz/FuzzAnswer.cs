using System.Text;
using System.Text.Json;
using Sessions;

namespace SessionFunctions.Tests.Fuzz;

internal sealed record FuzzAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    private const string Cookie = "__Host-session=";

    public string Text => Encoding.UTF8.GetString(Body);

    public bool Closes => Header("Connection") == "close";

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public JsonElement? Json
    {
        get
        {
            try
            {
                return Body.Length == 0 ? null : JsonDocument.Parse(Body).RootElement;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>The session's token that the answer hands over, in its body or in its cookie.</summary>
    public string? Token => SessionToken.TryParse(TextOf("token") ?? CookieValue, out var token) ? token.Reveal() : null;

    private string? CookieValue =>
        Header("Set-Cookie") is { } cookie && cookie.StartsWith(Cookie, StringComparison.Ordinal) ? cookie[Cookie.Length..].Split(';')[0] : null;

    public string? TextOf(string name) =>
        Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

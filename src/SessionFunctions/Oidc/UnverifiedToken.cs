using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;
using Sessions;

namespace SessionFunctions.Oidc;

/// <summary>
/// A token taken apart and not believed yet. Microsoft.IdentityModel would pass over what is refused here: a name that stands twice, an
/// extension that must be understood, and a token of another kind.
/// </summary>
internal sealed partial class UnverifiedToken : IDisposable
{
    public const int MaxChars = 16 * 1024;

    private readonly JsonDocument _header;
    private readonly JsonDocument _payload;

    private UnverifiedToken(string text, JsonDocument header, JsonDocument payload) => (Text, _header, _payload) = (text, header, payload);

    /// <summary>As it came.</summary>
    public string Text { get; }

    public string Algorithm => Header.Text("alg")!;

    public string? KeyId => Header.Text("kid");

    public JsonElement Payload => _payload.RootElement;

    private JsonElement Header => _header.RootElement;

    public static bool TryParse(string text, [NotNullWhen(true)] out UnverifiedToken? token, [NotNullWhen(false)] out string? fault)
    {
        token = null;
        fault = text.Length > MaxChars ? "it is too long" : !Form.IsMatch(text) ? "it isn't three parts of base64url" : null;
        if (fault is not null)
        {
            return false;
        }

        var parts = text.Split('.');
        var (header, payload) = (ObjectIn(parts[0]), ObjectIn(parts[1]));
        fault = header is null ? "its header isn't a JSON object with each name once"
            : payload is null ? "its payload isn't a JSON object with each name once"
            : FaultOf(header.RootElement);
        if (fault is null)
        {
            token = new UnverifiedToken(text, header!, payload!);
            return true;
        }

        header?.Dispose();
        payload?.Dispose();
        return false;
    }

    public void Dispose()
    {
        _header.Dispose();
        _payload.Dispose();
    }

    private static string? FaultOf(JsonElement header) =>
        header.Text("alg") is null ? "its header names no algorithm"
        : header.TryGetProperty("crit", out _) ? "its header has an extension that must be understood"
        : header.TryGetProperty("kid", out _) && header.Text("kid") is null ? "its key id isn't a text"
        // An access token or a logout token of the same provider says so here, and must not pass for an id token (RFC 8725, section 3.11).
        : header.TryGetProperty("typ", out _) && header.Text("typ")?.ToUpperInvariant() is not ("JWT" or "APPLICATION/JWT")
            ? "its type isn't JWT"
        : null;

    private static JsonDocument? ObjectIn(string part)
    {
        try
        {
            var utf8 = Base64UrlEncoder.DecodeBytes(part);
            if (JsonRules.Check(utf8) is not null)
            {
                return null;
            }

            var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth + 1 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form { get; }
}

using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace SessionFunctions.Oidc;

/// <summary>
/// A signed token in its compact form (RFC 7515), taken apart and not yet believed. Written by hand on the platform's cryptography, because
/// the usual library for it (Microsoft.IdentityModel) can't be had from every registry that this must build with; and small,
/// because it does one thing: no encryption, no unsigned tokens, no keys or addresses of keys out of the token itself.
/// </summary>
internal sealed class Jws
{
    private const int MaxChars = 16 * 1024;

    private Jws(string algorithm, string? keyId, byte[] payload, byte[] signed, byte[] signature) =>
        (Algorithm, KeyId, Payload, Signed, Signature) = (algorithm, keyId, payload, signed, signature);

    public string Algorithm { get; }

    public string? KeyId { get; }

    public byte[] Payload { get; }

    /// <summary>What the signature covers: header and payload as they were sent.</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out Jws? jws, [NotNullWhen(false)] out string? fault)
    {
        (jws, fault) = (null, null);
        if (text.Length > MaxChars)
        {
            fault = "it is too long";
            return false;
        }

        if (text.Split('.', 4) is not [var head, var body, var tail]
            || !StrictBase64Url.TryDecode(head, out var header)
            || !StrictBase64Url.TryDecode(body, out var payload)
            || !StrictBase64Url.TryDecode(tail, out var signature))
        {
            fault = "it isn't three parts of base64url";
            return false;
        }

        if (!StrictJson.ParseObject(header).Succeeded(out var document, out _))
        {
            fault = "its header isn't a JSON object with each name once";
            return false;
        }

        using (document)
        {
            fault = FaultOf(document.RootElement, out var algorithm, out var keyId);
            jws = fault is null ? new Jws(algorithm!, keyId, payload, Encoding.ASCII.GetBytes($"{head}.{body}"), signature) : null;
            return jws is not null;
        }
    }

    private static string? FaultOf(JsonElement header, out string? algorithm, out string? keyId)
    {
        keyId = null;
        if (!IsText(header, "alg", out algorithm))
        {
            return "its header names no algorithm";
        }

        if (header.TryGetProperty("crit", out _))
        {
            return "its header has an extension that must be understood";
        }

        if (header.TryGetProperty("kid", out _) && !IsText(header, "kid", out keyId))
        {
            return "its key id isn't a text";
        }

        // An access token or a logout token of the same provider says so here, and must not pass for an id token (RFC 8725, section 3.11).
        return !header.TryGetProperty("typ", out _)
            || (IsText(header, "typ", out var type) && type.ToUpperInvariant() is "JWT" or "APPLICATION/JWT")
                ? null
                : "its type isn't JWT";
    }

    private static bool IsText(JsonElement header, string name, [NotNullWhen(true)] out string? text)
    {
        text = header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }
}

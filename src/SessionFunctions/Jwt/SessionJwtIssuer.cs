using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.Jwt;

/// <summary>
/// Short-lived tokens that say who a session is, for services that would rather check a signature than ask this one. Their type is JWT and
/// not at+jwt: RFC 9068 would have them name a client and a subject, and an anonymous session has neither.
/// </summary>
public sealed class SessionJwtIssuer(IOptions<JwtOptions> options, TimeProvider time)
{
    /// <summary>A token travels in a header, and servers take 8 to 16 KB of those.</summary>
    private const int MaxClaimsBytes = 4 * 1024;

    private const int IdBytes = 16;

    private readonly JwtOptions _settings = options.Value;
    private readonly SigningKeyRing _ring = RingOf(options.Value);
    private SigningCredentials? _credentials;

    public bool IsOn => !_ring.IsEmpty;

    /// <summary>The public half of every key in the ring: those that sign, have signed or will sign.</summary>
    internal IReadOnlyList<SigningKey> Keys => _ring.Keys;

    /// <param name="session">As it is now; the token never outlives it.</param>
    /// <param name="subject">The user it is signed in as, where it is.</param>
    public Result<IssuedJwt> Issue(Session session, string? subject)
    {
        if (session.Claims.Size > MaxClaimsBytes)
        {
            return Refusal.NotAllowed(
                $"The session's claims are too long for a token: {session.Claims.Size} bytes, where {MaxClaimsBytes} would do.");
        }

        var now = time.GetUtcNow();
        var issued = now.ToUnixTimeSeconds();
        var expires = Math.Min((now + _settings.Lifetime).ToUnixTimeSeconds(), session.Lifetime.Expires.ToUnixTimeSeconds());
        _credentials ??= new SigningCredentials(_ring.Keys[0].ToJsonWebKey(), SecurityAlgorithms.EcdsaSha256);
        var token = new JsonWebTokenHandler().CreateToken(PayloadOf(session, subject, issued, expires), _credentials);
        return new IssuedJwt(token, expires - issued);
    }

    /// <summary>As text: out of objects, the library would spell the claims anew, and longer.</summary>
    private string PayloadOf(Session session, string? subject, long issued, long expires)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Readable))
        {
            Write(json, session, subject, issued, expires);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Write(Utf8JsonWriter json, Session session, string? subject, long issued, long expires)
    {
        json.WriteStartObject();
        json.WriteString("iss", _settings.Issuer);
        if (!string.IsNullOrEmpty(_settings.Audience))
        {
            json.WriteString("aud", _settings.Audience);
        }

        if (subject is not null)
        {
            json.WriteString("sub", subject);
        }

        json.WriteString("sid", session.Id.ToString());
        json.WriteNumber("iat", issued);
        json.WriteNumber("exp", expires);
        json.WriteString("jti", Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(IdBytes)));
        json.WritePropertyName("claims"); // apart from the rest, so that none of them can pass for a sub or an exp
        json.WriteRawValue(session.Claims.Utf8, skipInputValidation: true);
        json.WriteEndObject();
    }

    private static SigningKeyRing RingOf(JwtOptions settings) =>
        SigningKeyRing.TryParse(settings.SigningKeys, out var ring, out var fault) ? ring : throw new InvalidOperationException(fault);
}

/// <param name="Token">The token in its compact form. Whoever has it is believed to be the session: not for logs.</param>
/// <param name="ExpiresIn">Seconds.</param>
public readonly record struct IssuedJwt(string Token, long ExpiresIn)
{
    public override string ToString() => "***";
}

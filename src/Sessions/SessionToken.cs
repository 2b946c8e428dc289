using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Sessions;

/// <summary>
/// What a holder presents: <c>{sid}.{secret}</c>, the secret 256 random bits in base64url. Must not reach a log, a trace,
/// an exception or a URL, so <see cref="ToString"/> hides the secret; only <see cref="Reveal"/> shows it.
/// </summary>
public sealed class SessionToken
{
    private const int SecretBytes = 32;
    private const int SecretChars = 43;
    public const int Length = SessionId.Length + 1 + SecretChars;

    private readonly string _text;

    private SessionToken(SessionId id, string text, SecretHash hash) => (Id, _text, Hash) = (id, text, hash);

    public SessionId Id { get; }

    public SecretHash Hash { get; }

    public static SessionToken New(SessionId id)
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(secret);
        return new SessionToken(id, $"{id}.{Base64Url.EncodeToString(secret)}", SecretHash.Of(secret));
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out SessionToken? token)
    {
        token = null;
        if (text is not { Length: Length }
            || text[SessionId.Length] != '.'
            || !SessionId.TryParse(text.AsSpan(0, SessionId.Length), out var id))
        {
            return false;
        }

        Span<byte> secret = stackalloc byte[SecretBytes];
        Span<char> canonical = stackalloc char[SecretChars];
        var encoded = text.AsSpan(SessionId.Length + 1);
        // Not TryDecodeFromChars: that throws on a character outside of the alphabet.
        if (Base64Url.DecodeFromChars(encoded, secret, out _, out var written) != OperationStatus.Done
            || written != SecretBytes
            // Two spellings of one secret would be two tokens: stray bits at the end are refused.
            || !Base64Url.TryEncodeToChars(secret, canonical, out _)
            || !encoded.SequenceEqual(canonical))
        {
            return false;
        }

        token = new SessionToken(id, text, SecretHash.Of(secret));
        return true;
    }

    public string Reveal() => _text;

    public override string ToString() => $"{Id}.***";
}

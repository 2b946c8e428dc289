using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Sessions.SignIn;

/// <summary>The code of a ticket: 256 random bits in base64url. Like a token, it is stored as a hash only.</summary>
public static class TicketCode
{
    private const int Bytes = 32;
    private const int Chars = 43;

    public static (string Code, SecretHash Hash) New()
    {
        Span<byte> code = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(code);
        return (Base64Url.EncodeToString(code), SecretHash.Of(code));
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out SecretHash? hash)
    {
        hash = null;
        Span<byte> code = stackalloc byte[Bytes];
        if (text is { Length: Chars }
            && Base64Url.DecodeFromChars(text, code, out _, out var written) == OperationStatus.Done
            && written == Bytes)
        {
            hash = SecretHash.Of(code);
        }

        return hash is not null;
    }
}

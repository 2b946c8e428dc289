using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sessions;

/// <summary>The user that a session is signed in as, as the operator names it: any text of 1 to 512 bytes in UTF-8.</summary>
public sealed record User
{
    public const int MaxBytes = 512;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private User(string name) => Name = name;

    public string Name { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out User? user)
    {
        user = null;
        if (string.IsNullOrEmpty(text) || text.Length > MaxBytes)
        {
            return false;
        }

        try
        {
            if (StrictUtf8.GetByteCount(text) > MaxBytes)
            {
                return false;
            }
        }
        catch (EncoderFallbackException)
        {
            return false; // half a surrogate pair has no UTF-8
        }

        user = new User(text);
        return true;
    }

    /// <summary>Not the name: a user is no text for a log.</summary>
    public override string ToString() => nameof(User);
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Sessions;

/// <summary>
/// Names a session: its shard, then 128 random bits in base32. Public: it may stand in logs, URLs and lists.
/// Lets nobody in without the secret (<see cref="SessionToken"/>).
/// </summary>
public readonly record struct SessionId
{
    private const int RandomBytes = 16;
    public const int Length = Shard.Length + 26;

    private readonly string _text;

    private SessionId(string text, Shard shard) => (_text, Shard) = (text, shard);

    public Shard Shard { get; }

    public static SessionId New(Shard shard)
    {
        Span<byte> random = stackalloc byte[RandomBytes];
        RandomNumberGenerator.Fill(random);
        return From(shard, random);
    }

    /// <summary>An id from bits made elsewhere, for an id that must come out the same when a call is repeated.</summary>
    public static SessionId From(Shard shard, ReadOnlySpan<byte> bits) => new(shard + Base32.Encode(bits[..RandomBytes]), shard);

    public static bool TryParse([NotNullWhen(true)] string? text, out SessionId id) => TryParse(text.AsSpan(), out id);

    public static bool TryParse(ReadOnlySpan<char> text, out SessionId id)
    {
        id = default;
        if (text.Length != Length
            || !Shard.TryParse(text[..Shard.Length], out var shard)
            || !Base32.IsCanonical(text[Shard.Length..], RandomBytes))
        {
            return false;
        }

        id = new SessionId(text.ToString(), shard);
        return true;
    }

    public override string ToString() => _text ?? "";
}

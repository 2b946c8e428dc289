using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace Sessions;

/// <summary>A partition of the table: two lower-case hex digits.</summary>
public readonly record struct Shard
{
    public const int Length = 2;
    public const int MaxCount = 256;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static readonly string[] Names = [.. Enumerable.Range(0, MaxCount).Select(number => number.ToString("x2"))];

    private readonly byte _number;

    private Shard(byte number) => _number = number;

    public static Shard Random(int count) => new((byte)RandomNumberGenerator.GetInt32(count));

    /// <summary>Where a user's sessions live: always the same shard for the same user and count.</summary>
    public static Shard Of(UserKey user, int count) => Numbered(user.Spread % count);

    internal static Shard Numbered(int number) => new((byte)number);

    public static IEnumerable<Shard> All(int count) => Enumerable.Range(0, count).Select(number => new Shard((byte)number));

    public static bool TryParse(ReadOnlySpan<char> text, out Shard shard)
    {
        shard = default;
        if (text.Length != Length || text.ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        shard = new Shard(byte.Parse(text, NumberStyles.AllowHexSpecifier));
        return true;
    }

    public override string ToString() => Names[_number];
}

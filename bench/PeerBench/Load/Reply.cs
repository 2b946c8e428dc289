namespace PeerBench.Load;

/// <summary>An answer as it came, head and body apart; good until the next one is read.</summary>
internal readonly record struct Reply(int Status, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body)
{
    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>What stands between the two in the head or body, if both are there.</summary>
    public static byte[]? Between(ReadOnlyMemory<byte> text, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var start = text.Span.IndexOf(before);
        if (start < 0)
        {
            return null;
        }

        var rest = text.Span[(start + before.Length)..];
        var end = rest.IndexOf(after);
        return end < 0 ? null : rest[..end].ToArray();
    }
}

namespace MicroBench;

/// <summary>The part of a page that is written by the bench and by nobody else.</summary>
internal static class PageBlock
{
    public const string Begin = "<!-- micro:begin -->";
    public const string End = "<!-- micro:end -->";

    public static bool IsIn(string page) => File.Exists(page) && Find(File.ReadAllText(page)) is not null;

    public static void Replace(string page, string content)
    {
        var text = File.ReadAllText(page);
        var (from, to) = Find(text) ?? throw new InvalidOperationException($"{page} has lost its block.");
        File.WriteAllText(page, $"{text[..from]}\n{content}\n{text[to..]}");
    }

    /// <summary>What stands between the two lines.</summary>
    private static (int From, int To)? Find(string text)
    {
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = text.IndexOf(End, StringComparison.Ordinal);
        return from >= Begin.Length && to >= from ? (from, to) : null;
    }
}

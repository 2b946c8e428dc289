namespace BenchKit;

/// <summary>The part of docs/benchmarks.md that one bench writes, and nobody else: between <c>name:begin</c> and <c>name:end</c>.</summary>
/// <param name="name">The bench's.</param>
public sealed class PageBlock(string name)
{
    private const string Page = "docs/benchmarks.md";

    private readonly string _begin = $"<!-- {name}:begin -->";
    private readonly string _end = $"<!-- {name}:end -->";

    /// <summary>What stands there.</summary>
    /// <exception cref="BenchException">The page has no place for it.</exception>
    public string Content => Split().Content;

    /// <summary>Refuses before anything is measured in vain.</summary>
    /// <exception cref="BenchException">The page has no place for it.</exception>
    public void Check() => Split();

    /// <summary>Whatever else was written into the page meanwhile stays.</summary>
    /// <exception cref="BenchException">The page has no place for it.</exception>
    public void Put(string content)
    {
        var (before, _, after) = Split();
        File.WriteAllText(Page, $"{before}{_begin}\n{content}\n{_end}{after}");
    }

    private (string Before, string Content, string After) Split()
    {
        var text = File.Exists(Page) ? File.ReadAllText(Page) : "";
        var (begin, end) = (text.IndexOf(_begin, StringComparison.Ordinal), text.IndexOf(_end, StringComparison.Ordinal));
        return begin >= 0 && end > begin
            ? (text[..begin], text[(begin + _begin.Length)..end], text[(end + _end.Length)..])
            : throw new BenchException($"{Page} has no place for the figures: put the lines {_begin} and {_end} where they belong");
    }
}

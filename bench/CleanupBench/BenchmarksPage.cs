using SessionFunctions.Testing;

namespace CleanupBench;

/// <summary>The place in docs/benchmarks.md that this bench writes.</summary>
internal static class BenchmarksPage
{
    private const string Begin = "<!-- cleanup:begin -->";
    private const string End = "<!-- cleanup:end -->";

    private static string File => Path.Combine(RepoRoot.Path, "docs", "benchmarks.md");

    /// <summary>Refuses before anything is measured in vain.</summary>
    public static void Check() => Split();

    /// <summary>Whatever else was written into the page meanwhile stays.</summary>
    public static void Put(string table)
    {
        var (before, after) = Split();
        System.IO.File.WriteAllText(File, $"{before}{Begin}\n{table}\n{End}{after}");
    }

    private static (string Before, string After) Split()
    {
        var page = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : "";
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return begin >= 0 && end > begin
            ? (page[..begin], page[(end + End.Length)..])
            : throw new InvalidOperationException($"docs/benchmarks.md has no place for the table: put the lines {Begin} and {End} where it shall stand");
    }
}

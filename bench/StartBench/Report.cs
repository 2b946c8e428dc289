using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace StartBench;

/// <summary>The figures as tables in Markdown, and their place in docs/benchmarks.md.</summary>
internal static class Report
{
    private const string Begin = "<!-- start:begin -->";
    private const string End = "<!-- start:end -->";
    private const string Aim = "SelfHost";
    private const string Most = " (aim 1.20)";

    public static string Of(Bench bench, int rounds)
    {
        var text = new StringBuilder();
        Add($"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}. ");
        Add($"Over {rounds} rounds, medians of time and means of processor time.\n\n");
        Add($"| server, until its first answer | time, to the empty app's | processor time, to the empty app's ");
        Add($"| time | processor time |\n");
        Add($"| --- | --- | --- | --- | --- |\n");
        foreach (var each in bench.Servers)
        {
            Add($"| {each.Name} | {each.TimeRatio:F2}{(each.Name == Aim ? Most : "")} | {each.ProcessorRatio:F2} ");
            Add($"| {each.Time:F0} ms | {each.Processor:F0} ms |\n");
        }

        Add($"\n| function app's worker, until it has called the host | time, to the first line's ");
        Add($"| processor time, to the first line's | time | processor time | package | its folder |\n");
        Add($"| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var each in bench.Workers)
        {
            var (folder, zip) = each.Size();
            Add($"| {each.Name} | {each.TimeRatio:F2} | {each.ProcessorRatio:F2} ");
            Add($"| {each.Time:F0} ms | {each.Processor:F0} ms | {zip:F1} MB | {folder:F1} MB |\n");
        }

        return text.ToString().TrimEnd('\n');

        void Add(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Refuses before anything is measured in vain.</summary>
    public static void Check(string page) => Split(page);

    /// <summary>Whatever else was written into the page meanwhile stays.</summary>
    public static void Put(string page, string tables)
    {
        var (before, after) = Split(page);
        File.WriteAllText(page, $"{before}{Begin}\n{tables}\n{End}{after}");
    }

    private static (string Before, string After) Split(string page)
    {
        var text = File.Exists(page) ? File.ReadAllText(page) : "";
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        return begin >= 0 && end > begin
            ? (text[..begin], text[(end + End.Length)..])
            : throw new BenchException($"docs/benchmarks.md has no place for the tables: put the lines {Begin} and {End} there");
    }
}

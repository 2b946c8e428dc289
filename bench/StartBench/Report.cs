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
    private const double Most = 1.2;

    public static string Of(Bench bench, int rounds)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}. ");
        text.Append(CultureInfo.InvariantCulture, $"Over {rounds} rounds, medians of time and means of processor time.\n\n");
        text.Append("| server, until its first answer | time, to the empty app's | processor time, to the empty app's | time | processor time |\n")
            .Append("| --- | --- | --- | --- | --- |\n");
        foreach (var each in bench.Servers)
        {
            var aim = each.Name == Aim ? string.Create(CultureInfo.InvariantCulture, $" (aim {Most:F2})") : "";
            text.Append(CultureInfo.InvariantCulture, $"| {each.Name} | {each.TimeRatio:F2}{aim} | {each.ProcessorRatio:F2} | {each.Time:F0} ms | {each.Processor:F0} ms |\n");
        }

        text.Append("\n| function app's worker, until it has called the host | time, to the first line's | processor time, to the first line's | time | processor time | package | its folder |\n")
            .Append("| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var each in bench.Workers)
        {
            var (folder, zip) = each.Size();
            text.Append(CultureInfo.InvariantCulture, $"| {each.Name} | {each.TimeRatio:F2} | {each.ProcessorRatio:F2} ");
            text.Append(CultureInfo.InvariantCulture, $"| {each.Time:F0} ms | {each.Processor:F0} ms | {zip:F1} MB | {folder:F1} MB |\n");
        }

        return text.ToString().TrimEnd('\n');
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
            : throw new BenchException($"docs/benchmarks.md has no place for the tables: put the lines {Begin} and {End} where they shall stand");
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace StartBench;

/// <summary>The figures as tables in Markdown.</summary>
internal static class Report
{
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
}

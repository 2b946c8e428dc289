using System.Globalization;
using PeerBench.Servers;

namespace PeerBench.Report;

/// <summary>The block of docs/benchmarks.md that is ours.</summary>
internal static class Page
{
    /// <returns>What to say of it.</returns>
    public static string Write(string file, string block)
    {
        var (before, _, after) = Split(file);
        File.WriteAllText(file, $"{before}{Tables.Begin}\n\n{block}\n{Tables.End}{after}");
        return "docs/benchmarks.md is written anew.";
    }

    /// <summary>The ratios that stand there, by label and connections.</summary>
    public static IReadOnlyDictionary<(string Label, int Connections), double> Ratios(string file)
    {
        var ratios = new Dictionary<(string, int), double>();
        foreach (var line in Split(file).Block.Split('\n'))
        {
            if (line.Split('|', StringSplitOptions.TrimEntries) is ["", var label, var one, var sixteen, ""])
            {
                Add(label, 1, one);
                Add(label, 16, sixteen);
            }
        }

        return ratios;

        void Add(string label, int connections, string cell)
        {
            if (double.TryParse(cell.Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio))
            {
                ratios[(label, connections)] = ratio;
            }
        }
    }

    private static (string Before, string Block, string After) Split(string file)
    {
        var text = File.ReadAllText(file);
        var begin = text.IndexOf(Tables.Begin, StringComparison.Ordinal);
        var end = text.IndexOf(Tables.End, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? (text[..begin], text[(begin + Tables.Begin.Length)..end], text[(end + Tables.End.Length)..])
            : throw new BenchException(
                $"docs/benchmarks.md has no place for the figures; put {Tables.Begin} and {Tables.End} where they belong.");
    }
}

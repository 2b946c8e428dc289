using System.Globalization;

namespace PeerBench.Report;

/// <summary>The ratios that stand on a page.</summary>
internal static class KnownRatios
{
    /// <summary>By label and connections.</summary>
    public static IReadOnlyDictionary<(string Label, int Connections), double> In(string block)
    {
        var ratios = new Dictionary<(string, int), double>();
        foreach (var line in block.Split('\n'))
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
}

using System.Globalization;

namespace PeerBench.Report;

/// <summary>Compares a run with the page, and says what has become slower.</summary>
internal static class Guard
{
    private const double MostLost = 0.15;

    /// <summary>One line for each ratio that fell too far.</summary>
    public static IReadOnlyList<string> Fallen(Suite suite, IReadOnlyDictionary<(string Label, int Connections), double> before) =>
    [
        .. from comparison in Targets.Comparisons
           from connections in Suite.Connections
           let ratio = comparison.Ratio(suite, connections)
           where ratio is not null && before.TryGetValue((comparison.Label, connections), out var known) && ratio < known * (1 - MostLost)
           select string.Create(
               CultureInfo.InvariantCulture,
               $"{comparison.Label}, {connections} connections: {ratio:F2}, was {before[(comparison.Label, connections)]:F2}"),
    ];
}

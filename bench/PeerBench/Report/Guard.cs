using System.Globalization;
using BenchKit;

namespace PeerBench.Report;

/// <summary>Compares a run with the page, and says what has become slower.</summary>
internal static class Guard
{
    private const double MostLost = 0.15;

    /// <summary>One line for each ratio with an aim that fell too far.</summary>
    /// <exception cref="BenchException">There is nothing to compare one with.</exception>
    public static IReadOnlyList<string> Fallen(Suite suite, IReadOnlyDictionary<(string Label, int Connections), double> before)
    {
        var fallen = new List<string>();
        foreach (var comparison in Targets.Comparisons.Where(one => one.AtOne is not null))
        {
            foreach (var connections in Suite.Connections)
            {
                if (!before.TryGetValue((comparison.Label, connections), out var known))
                {
                    throw new BenchException($"docs/benchmarks.md has no figure for \"{comparison.Label}\": run bench/peers without --quick once.");
                }

                if (comparison.Ratio(suite, connections) is { } ratio && ratio < known * (1 - MostLost))
                {
                    fallen.Add(string.Create(
                        CultureInfo.InvariantCulture, $"{comparison.Label}, {connections} connections: {ratio:F2}, was {known:F2}"));
                }
            }
        }

        return fallen;
    }
}

using System.Globalization;
using System.Text;
using PeerBench.Peers;

namespace PeerBench.Report;

/// <summary>A run as text for a page.</summary>
internal static class Tables
{
    public static string Of(Suite suite, BenchOptions options)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Machine.Describe()} {options.Rounds} rounds of {options.Time.TotalSeconds:N0} s, medians.\n\n");
        AddRatios(text, suite);
        text.Append('\n').Append(Allocation(suite)).Append('\n');
        AddFigures(text, suite);
        AddMemory(text, suite);
        return text.ToString();
    }

    public static void AddRatios(StringBuilder text, Suite suite)
    {
        text.Append("| requests a second | 1 connection | 16 connections |\n| --- | ---: | ---: |\n");
        foreach (var one in Targets.Comparisons.Where(IsMeasured))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {one.Label} | {one.Cell(suite, 1)} | {one.Cell(suite, 16)} |\n");
        }

        bool IsMeasured(Comparison one) =>
            suite.Find(one.Ours, one.Operation, 1) is not null && suite.Find(one.Theirs, one.Operation, 1) is not null;
    }

    public static string Allocation(Suite suite) =>
        suite.Find(AllPeers.InMemory, Operation.Read, 16)?.Allocated is { } ours
        && suite.Find(AllPeers.Empty, Operation.Read, 16)?.Allocated is { } empty
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"A read in memory allocates {ours - empty:N0} bytes beyond an empty endpoint (aim: at most {Targets.MostAllocated:N0}).\n")
            : "";

    private static void AddFigures(StringBuilder text, Suite suite)
    {
        text.Append("| operation | server | connections | requests/s | p50 µs | p99 µs | bytes a request |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var one in suite.All)
        {
            var figures = one.Failure is { } failure
                ? $"{failure} | | | "
                : string.Create(CultureInfo.InvariantCulture, $"{one.PerSecond:N0} | {one.P50:N0} | {one.P99:N0} | {one.Allocated:N0}");
            text.Append(CultureInfo.InvariantCulture, $"| {Texts.Of(one.Operation)} | {one.Peer.Name} | {one.Connections} | {figures} |\n");
        }
    }

    private static void AddMemory(StringBuilder text, Suite suite)
    {
        text.Append("\n| server | resident after its reads, MB |\n| --- | ---: |\n");
        foreach (var (peer, megabytes) in suite.Resident)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {peer} | {megabytes:N0} |\n");
        }
    }
}

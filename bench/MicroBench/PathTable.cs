using System.Globalization;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace MicroBench;

/// <summary>The table for the page: a line for each path, and where it was measured.</summary>
internal static class PathTable
{
    public static string Of(IEnumerable<Summary> summaries)
    {
        var all = summaries.ToArray();
        var lines = all
            .SelectMany(summary => summary.Reports)
            .OrderBy(report => report.BenchmarkCase.Descriptor.Type.Name, StringComparer.Ordinal)
            .Select(LineOf);
        return string.Join('\n', ["", MachineOf(all[0]), "", "| path | mean | allocated |", "| --- | ---: | ---: |", .. lines, ""]);
    }

    public static string NameOf(BenchmarkCase path) =>
        string.Join(", ", path.Parameters.Items
            .Select(parameter => $"{parameter.Value}")
            .Prepend(path.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')));

    private static string LineOf(BenchmarkReport report) =>
        $"| {NameOf(report.BenchmarkCase)} | {Time(report.ResultStatistics!.Mean)} | {Allocated(report)} |";

    /// <summary>Three digits: more would be noise.</summary>
    private static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => $"{Digits(nanoseconds)} ns",
        < 1e6 => $"{Digits(nanoseconds / 1e3)} µs",
        _ => $"{Digits(nanoseconds / 1e6)} ms",
    };

    private static string Digits(double number) =>
        number.ToString(number < 10 ? "0.00" : number < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Allocated(BenchmarkReport report) =>
        report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B")
            : "?";

    private static string MachineOf(Summary summary) =>
        $"Measured on {string.Join("; ", summary.HostEnvironmentInfo.ToFormattedString().Select(line => line.Trim()))}.";
}

using System.Globalization;

namespace PeerBench.Servers;

internal enum CoreChoice
{
    /// <summary>The one that is measured.</summary>
    First,

    /// <summary>Load and storage.</summary>
    Others,
}

/// <summary>
/// Keeps the server that is measured on one core, and all else on the others: who answers more requests on the same core is faster, and
/// load or storage can't take the core from under it.
/// </summary>
internal static class Cores
{
    private const string Tool = "taskset";
    private const string Processors = "/proc/cpuinfo";

    /// <summary>Of the machine; this process itself may be kept on fewer.</summary>
    public static int All { get; } = File.Exists(Processors)
        ? File.ReadLines(Processors).Count(line => line.StartsWith("processor", StringComparison.Ordinal))
        : Environment.ProcessorCount;

    public static bool CanPin { get; } = All > 1
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Tool)));

    public static (string File, IReadOnlyList<string> Arguments) Pin(CoreChoice cores, string file, IReadOnlyList<string> arguments) =>
        CanPin ? (Tool, ["--cpu-list", ListOf(cores), file, .. arguments]) : (file, arguments);

    private static string ListOf(CoreChoice cores) => cores == CoreChoice.First ? "0" : string.Create(CultureInfo.InvariantCulture, $"1-{All - 1}");
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using PeerBench.Servers;

namespace PeerBench.Report;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"Measured on {DateTime.UtcNow:yyyy-MM-dd} on {Cores.All} cores of {Processor()}, {Gibibytes} GiB, {Software()}; {Pinning}.");

    private static long Gibibytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);

    private static string Pinning => Cores.CanPin
        ? "each server on one core, load and storage on the others"
        : "server, load and storage on the same cores, since nothing here can keep them apart";

    private static string Processor()
    {
        const string Processors = "/proc/cpuinfo";
        var lines = File.Exists(Processors) ? File.ReadLines(Processors) : [];
        return lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "an unnamed processor";
    }

    private static string Software()
    {
        string[] all = [RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, $"Node.js {Says("node", "--version")}", Redis()];
        return string.Join(", ", all);
    }

    private static string Redis()
    {
        var words = Says("redis-server", "--version").Split(' ');
        return words.FirstOrDefault(word => word.StartsWith("v=", StringComparison.Ordinal)) is { } version ? $"Redis {version[2..]}" : "no Redis";
    }

    private static string Says(string program, string argument)
    {
        try
        {
            var start = new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}

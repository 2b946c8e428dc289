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
        $"Measured on {DateTime.UtcNow:yyyy-MM-dd} on {Cores.All} cores of {Processor()}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, Node.js {Says("node", "--version")}, {Redis()}; {Pinning}.");

    private static string Pinning => Cores.CanPin
        ? "each server on one core, load and storage on the others"
        : "server, load and storage on the same cores, since nothing here can keep them apart";

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "an unnamed processor"
        : "an unnamed processor";

    private static string Redis() => Says("redis-server", "--version").Split(' ').FirstOrDefault(word => word.StartsWith("v=", StringComparison.Ordinal)) is { } version
        ? $"Redis {version[2..]}"
        : "no Redis";

    private static string Says(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, UseShellExecute = false })!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}

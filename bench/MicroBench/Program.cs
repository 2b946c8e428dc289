using BenchKit;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace MicroBench;

/// <summary>Runs what its arguments name, by BenchmarkDotNet's switches; see <c>bench/micro --help</c> for the two of our own.</summary>
internal static class Program
{
    private const string Artifacts = "artifacts/bench";

    public static int Main(string[] args)
    {
        var (quick, write) = (args.Contains("--quick"), args.Contains("--write"));
        string[] switches = [.. args.Except(["--quick", "--write"])];
        if (write && (quick || switches.Length > 0))
        {
            return Refuse("--write goes alone: the page's table has every path, measured in full.");
        }

        var page = new PageBlock("micro");
        if (write)
        {
            try
            {
                page.Check();
            }
            catch (BenchException e)
            {
                return Refuse(e.Message);
            }
        }

        // Without a filter BenchmarkDotNet asks which ones, and a script hasn't got an answer.
        string[] filtered = switches.Any(one => one is "--filter" or "-f") ? switches : [.. switches, "--filter", "*"];
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(filtered, ConfigFor(quick)).ToArray();
        if (Fault(summaries, switches) is { } fault)
        {
            return Refuse(fault);
        }

        if (write)
        {
            page.Put(PathTable.Of(summaries));
            Console.WriteLine("micro: wrote docs/benchmarks.md");
        }

        return 0;
    }

    private static string? Fault(Summary[] summaries, string[] switches)
    {
        if (switches.Contains("--list"))
        {
            return null;
        }

        var failed = summaries
            .SelectMany(summary => summary.BenchmarksCases.Where(one => summary[one]?.ResultStatistics is null))
            .ToArray();
        return summaries.Length == 0 || summaries.All(summary => summary.BenchmarksCases.Length == 0)
            ? "nothing was measured: no path has such a name, or a switch isn't known (bench/micro --list flat names the paths)."
            : failed.Length > 0
            ? $"{failed.Length} benchmarks failed, \"{PathTable.NameOf(failed[0])}\" first: the log in {Artifacts} says why."
            : summaries.Any(summary => summary.HasCriticalValidationErrors)
            ? $"BenchmarkDotNet refused to measure: the log in {Artifacts} says why."
            : null;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"micro: {why}");
        return 1;
    }

    private static ManualConfig ConfigFor(bool quick) => ManualConfig.CreateEmpty()
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddAnalyser([.. DefaultConfig.Instance.GetAnalysers()])
        .AddValidator([.. DefaultConfig.Instance.GetValidators()])
        .WithArtifactsPath(Path.GetFullPath(Artifacts))
        .AddJob((quick ? Quick : Full).AsDefault());

    /// <summary>On a machine that others use too BenchmarkDotNet would go on to a hundred rounds for each path.</summary>
    private static Job Full => Job.Default.WithIterationTime(TimeInterval.FromMilliseconds(100)).WithMaxIterationCount(20);

    /// <summary>In this process: a process for each path, and the build of its project, would take most of the time.</summary>
    private static Job Quick => Job.ShortRun
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithWarmupCount(1)
        .WithIterationTime(TimeInterval.FromMilliseconds(50));
}

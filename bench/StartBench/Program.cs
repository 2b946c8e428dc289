using System.Runtime.InteropServices;
using StartBench;

// Called by bench/start, which publishes what is measured.
using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
try
{
    var onlyChecks = args is ["--check", ..];
    var options = StartOptions.Parse(onlyChecks ? args[1..] : args);
    var page = Path.Combine(Environment.CurrentDirectory, "docs", "benchmarks.md");
    if (options.Write)
    {
        Report.Check(page);
    }

    Started.RefuseTaken(options.Port);
    Started.RefuseTaken(options.Port + 1);
    if (onlyChecks)
    {
        return 0;
    }

    await using var host = await FakeHost.StartAsync(options.Port + 1);
    var bench = Bench.Of(Environment.CurrentDirectory, options, host);
    bench.Run(options.Rounds, stop.Token);
    var tables = Report.Of(bench, options.Rounds);
    Console.WriteLine(tables);
    if (options.Write)
    {
        Report.Put(page, tables);
    }

    return 0;
}
catch (BenchException e)
{
    await Console.Error.WriteLineAsync($"bench/start: {e.Message}");
    return 2;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true; // what was started is ended first
    stop.Cancel();
}

using System.Runtime.InteropServices;
using System.Text;
using PeerBench;
using PeerBench.Peers;
using PeerBench.Report;
using PeerBench.Servers;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
try
{
    var options = BenchOptions.Parse(args);
    var paths = new BenchPaths(Environment.CurrentDirectory);
    var page = paths.Page;
    using var all = await AllPeers.StartAsync(paths, options, stop.Token);
    var suite = await Suite.RunAsync(all.Peers, options, stop.Token);
    if (!options.Quick)
    {
        Console.WriteLine(options.IsShort ? Tables.Of(suite, options) : Page.Write(page, Tables.Of(suite, options)));
        return 0;
    }

    var text = new StringBuilder();
    Tables.AddRatios(text, suite);
    Console.WriteLine(text.Append('\n').Append(Tables.Allocation(suite)));
    var fallen = Guard.Fallen(suite, Page.Ratios(page));
    Console.WriteLine(fallen.Count == 0
        ? "Nothing fell by more than 15 % against docs/benchmarks.md."
        : string.Join('\n', fallen.Prepend("Fell by more than 15 %:")));
    return fallen.Count == 0 ? 0 : 3;
}
catch (BenchException e)
{
    await Console.Error.WriteLineAsync($"bench/peers: {e.Message}");
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

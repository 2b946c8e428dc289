using System.Runtime.InteropServices;

namespace BenchKit;

/// <summary>A bench from its start to its exit code.</summary>
public static class BenchRun
{
    /// <param name="name">As it is called: <c>bench/peers</c>.</param>
    /// <param name="run">Gives the exit code; told to stop, it ends what it has started.</param>
    public static async Task<int> ToExitCodeAsync(string name, Func<CancellationToken, Task<int>> run)
    {
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return await run(stop.Token);
        }
        catch (BenchException e)
        {
            await Console.Error.WriteLineAsync($"{name}: {e.Message}");
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
    }
}

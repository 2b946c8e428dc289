using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace BenchKit;

/// <summary>A program that a bench has started. It is ended with the bench, unless that is killed.</summary>
public sealed class StartedProgram : IDisposable
{
    /// <summary>Of what it says, enough to see why it ended.</summary>
    private const int MostSaid = 4096;

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly StringBuilder _said = new();
    private readonly string _name;
    private readonly Process _process;

    /// <exception cref="BenchException">It can't be started.</exception>
    public StartedProgram(string name, ProcessStartInfo start)
    {
        (_name, start.RedirectStandardOutput, start.RedirectStandardError) = (name, true, true);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new BenchException($"{start.FileName} can't be started: install it, or put it on the PATH");
        }

        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Since it was started.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>That it has had a processor, all of its threads together.</summary>
    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>Megabytes of memory that it holds.</summary>
    public double ResidentMegabytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1024.0 / 1024.0;
    }

    /// <summary>Waits until <paramref name="attempt"/> says that it is there.</summary>
    /// <param name="attempt">Looks.</param>
    /// <param name="pause">Between two looks: the program needs the core more than we do.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="BenchException">It ends, or takes too long.</exception>
    public void Until(Func<bool> attempt, TimeSpan pause, CancellationToken cancellation)
    {
        while (!attempt())
        {
            cancellation.ThrowIfCancellationRequested();
            if (_process.HasExited || Elapsed > LongestStart)
            {
                throw new BenchException($"{_name} {(_process.HasExited ? "has ended" : "doesn't start")}; it said:\n{Said()}");
            }

            Thread.Sleep(pause);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            if (line.Data is not null && _said.Length < MostSaid)
            {
                _said.Append("  ").Append(line.Data).Append('\n');
            }
        }
    }

    private string Said()
    {
        lock (_said)
        {
            return _said.Length == 0 ? "  nothing" : _said.ToString();
        }
    }
}

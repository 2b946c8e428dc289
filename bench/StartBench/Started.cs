using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StartBench;

/// <summary>A program that was started, which ends with this.</summary>
internal sealed class Started : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly StringBuilder _said = new();
    private readonly string _name;
    private readonly Process _process;

    public Started(string name, ProcessStartInfo start)
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

    public static void RefuseTaken(int port)
    {
        using var socket = new TcpClient();
        try
        {
            socket.Connect(IPAddress.Loopback, port);
        }
        catch (SocketException)
        {
            return;
        }

        throw new BenchException($"port {port} is taken: stop what listens there, or choose others with --port");
    }

    /// <summary>How long it takes until <paramref name="attempt"/> says that it is there.</summary>
    /// <exception cref="BenchException">It ends, or takes too long.</exception>
    public Sample Until(Func<bool> attempt, CancellationToken cancellation)
    {
        while (!attempt())
        {
            cancellation.ThrowIfCancellationRequested();
            if (_process.HasExited || _watch.Elapsed > Longest)
            {
                throw new BenchException($"{_name} {(_process.HasExited ? "has ended" : "doesn't start")}; it said:\n{Said()}");
            }

            Thread.Sleep(TimeSpan.FromMilliseconds(0.5)); // the program needs the core more than we do
        }

        return new(_watch.Elapsed.TotalMilliseconds, _process.TotalProcessorTime.TotalMilliseconds);
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
            if (line.Data is not null && _said.Length < 4096)
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

/// <summary>Milliseconds: those that passed, and those that the process had a processor, all of its threads together.</summary>
internal sealed record Sample(double Time, double Processor);

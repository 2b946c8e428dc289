using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PeerBench.Servers;

/// <summary>A program that was started to be measured, or to keep what the others store. It is ended with this one, unless that is killed.</summary>
internal sealed class Server : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly int? _gauge;

    private Server(string name, int port, int? gauge, Process process)
    {
        (Name, Port, _gauge, _process) = (name, port, gauge, process);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int Port { get; }

    /// <exception cref="BenchException">It can't be started, or doesn't listen.</exception>
    public static async Task<Server> StartAsync(ServerProgram program, CancellationToken cancellation)
    {
        if (IsTaken(program.Port))
        {
            throw new BenchException(
                $"Port {program.Port} is taken, which {program.Name} needs: stop what listens there, or choose others with --port.");
        }

        var (file, arguments) = Cores.Pin(program.Cores, program.File, program.Arguments);
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = program.Folder,
        };
        foreach (var (key, value) in program.Environment)
        {
            start.Environment[key] = value;
        }

        int? gauge = program.Gauge is null ? null : program.Port + Gauge.Distance;
        if (gauge is { } port)
        {
            Gauge.AddTo(start, program.Gauge!, port);
        }

        var server = new Server(program.Name, program.Port, gauge, Start(start));
        try
        {
            await server.UntilItListensAsync(cancellation);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Bytes that it has allocated since it began; null where it can't say.</summary>
    public async Task<long?> AllocatedAsync() => _gauge is { } port ? await Gauge.ReadAsync(port) : null;

    /// <summary>Megabytes of memory that it holds.</summary>
    public double ResidentMegabytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1024.0 / 1024.0;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new BenchException($"{start.FileName} can't be started: install it, or put it on the PATH.");
        }
    }

    private async Task UntilItListensAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (!IsTaken(Port))
        {
            if (_process.HasExited || watch.Elapsed > LongestStart)
            {
                var ended = _process.HasExited ? ": it has ended" : "";
                throw new BenchException($"{Name} doesn't listen on port {Port}{ended}. It said:\n{Said()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }
    }

    private static bool IsTaken(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            if (line is not null && _output.Length < 4096)
            {
                _output.AppendLine(CultureInfo.InvariantCulture, $"  {line}");
            }
        }
    }

    private string Said()
    {
        lock (_output)
        {
            return _output.Length == 0 ? "  nothing" : _output.ToString();
        }
    }
}

/// <summary>How a server is started.</summary>
internal sealed record ServerProgram(string Name, int Port, CoreChoice Cores, string File, IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it runs: settings of the developer's lie about in the repository.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>The assembly that counts allocations in a .NET program; null for others.</summary>
    public string? Gauge { get; init; }
}

/// <summary>The bench can't go on; the message says what to do.</summary>
internal sealed class BenchException(string message) : Exception(message);

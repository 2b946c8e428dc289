using System.Diagnostics;
using BenchKit;

namespace PeerBench.Servers;

/// <summary>A program that was started to be measured, or to keep what the others store.</summary>
internal sealed class Server : IDisposable
{
    private readonly StartedProgram _program;
    private readonly int? _gauge;

    private Server(string name, int port, int? gauge, StartedProgram program) => (Name, Port, _gauge, _program) = (name, port, gauge, program);

    public string Name { get; }

    public int Port { get; }

    /// <exception cref="BenchException">It can't be started, or doesn't listen.</exception>
    public static Server Start(ServerProgram program, CancellationToken cancellation)
    {
        Ports.RefuseTaken(program.Port, program.Name);
        var (file, arguments) = Cores.Pin(program.Cores, program.File, program.Arguments);
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, WorkingDirectory = program.Folder };
        foreach (var (key, value) in program.Environment)
        {
            start.Environment[key] = value;
        }

        int? gauge = program.Gauge is null ? null : program.Port + Gauge.Distance;
        if (gauge is { } port)
        {
            Gauge.AddTo(start, program.Gauge!, port);
        }

        var server = new Server(program.Name, program.Port, gauge, new StartedProgram(program.Name, start));
        try
        {
            server._program.Until(() => Ports.IsTaken(program.Port), pause: TimeSpan.FromMilliseconds(20), cancellation);
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
    public double ResidentMegabytes() => _program.ResidentMegabytes();

    public void Dispose() => _program.Dispose();
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

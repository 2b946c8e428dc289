using System.Net;
using System.Net.Sockets;

namespace SessionFunctions.Testing;

/// <summary>The real storage emulator, from the version pinned in package.json.</summary>
public sealed class Azurite : IAsyncDisposable
{
    // The emulator's account, the same on every machine and published with it.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Lazy<Task<Azurite>> Shared = new(() => StartAsync());

    private readonly string? _folder;
    private AzuriteProcess? _process;

    private Azurite(int port, string? folder, AzuriteProcess process)
    {
        Port = port;
        _folder = folder;
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _process?.Kill();
    }

    public int Port { get; }

    public Uri TableEndpoint => new($"http://127.0.0.1:{Port}/{Account}");

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint={TableEndpoint};";

    /// <summary>One for all tests of this process, in memory. Tests keep apart by tables of their own.</summary>
    public static Task<Azurite> SharedAsync() => Shared.Value;

    /// <param name="folder">Where it keeps its data; null keeps it in memory.</param>
    /// <param name="port">0 takes one that is free.</param>
    public static async Task<Azurite> StartAsync(string? folder = null, int port = 0)
    {
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port == 0 ? FreePort() : port;
            var (process, output) = await AzuriteProcess.TryStartAsync(chosen, folder);
            if (process is not null)
            {
                return new Azurite(chosen, folder, process);
            }

            // Between our look and Azurite's bind, someone else may have taken the port.
            if (port != 0 || attempt == 5)
            {
                throw new InvalidOperationException($"Azurite didn't start on port {chosen}:\n{output}");
            }
        }
    }

    /// <summary>Ends the process; from then on connections are refused.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            await process.StopAsync();
        }
    }

    /// <summary>The same port and the same folder. What was in memory is gone.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null)
        {
            throw new InvalidOperationException("Azurite is running.");
        }

        var (process, output) = await AzuriteProcess.TryStartAsync(Port, _folder);
        _process = process ?? throw new InvalidOperationException($"Azurite didn't start again on port {Port}:\n{output}");
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Sockets;

namespace Sessions.AzureTables.Tests.Faults;

/// <summary>Takes connections, as the system does for whoever listens, and never answers on one.</summary>
internal sealed class SilentService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentService() => _listener.Start();

    /// <summary>A table at this service, whose calls are timed by this clock.</summary>
    public AzureTable Table(TimeProvider time)
    {
        var endpoint = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/any";
        var connection = $"DefaultEndpointsProtocol=http;AccountName=any;AccountKey=YW55;TableEndpoint={endpoint};";
        return new AzureTable(new TableConnection { ConnectionString = connection, Table = "any" }.CreateClient(), time);
    }

    public void Dispose() => _listener.Dispose();
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PeerBench.Servers;

/// <summary>Asks a .NET program how much it has allocated, by way of a startup hook: the program itself needs no change.</summary>
internal static class Gauge
{
    /// <summary>Between a server's own port and its gauge's.</summary>
    public const int Distance = 50;

    public static void AddTo(ProcessStartInfo start, string assembly, int port)
    {
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        start.Environment["BENCH_GAUGE_PORT"] = port.ToString(CultureInfo.InvariantCulture);
    }

    public static async Task<long> ReadAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        using var answer = new StreamReader(client.GetStream(), Encoding.ASCII);
        return long.Parse(await answer.ReadToEndAsync(), CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

// The runtime looks for exactly this name, in no namespace (DOTNET_STARTUP_HOOKS), so that a program needn't know that it is measured.
#pragma warning disable CA1050, MA0047
internal static class StartupHook
{
    private const string PortSetting = "BENCH_GAUGE_PORT";

    /// <summary>Answers whoever connects with the bytes that this process has allocated since it began.</summary>
    public static void Initialize()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(PortSetting), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return;
        }

        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        new Thread(() => Serve(listener)) { IsBackground = true, Name = "gauge" }.Start();
    }

    private static void Serve(TcpListener listener)
    {
        while (true)
        {
            using var socket = listener.AcceptSocket();
            socket.Send(Encoding.ASCII.GetBytes(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture)));
        }
    }
}

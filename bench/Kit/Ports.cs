using System.Net;
using System.Net.Sockets;

namespace BenchKit;

public static class Ports
{
    public static bool IsTaken(int port)
    {
        using var socket = new TcpClient();
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

    /// <exception cref="BenchException">Something listens there.</exception>
    public static void RefuseTaken(int port, string user)
    {
        if (IsTaken(port))
        {
            throw new BenchException($"port {port} is taken, which {user} needs: stop what listens there, or choose others with --port");
        }
    }
}

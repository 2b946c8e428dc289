using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace PeerBench.Load;

/// <summary>
/// One connection that stays open, used by one thread that waits, with bytes that are written down beforehand: HttpClient would use more of
/// the processor than some of the servers that it measures.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];

    public HttpConnection(int port, TimeSpan longestAnswer)
    {
        _socket.ReceiveTimeout = (int)longestAnswer.TotalMilliseconds;
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <exception cref="SocketException">No answer in time.</exception>
    /// <exception cref="IOException">No answer that can be read.</exception>
    public Reply Send(ReadOnlySpan<byte> request)
    {
        _socket.Send(request);
        var length = 0;
        while (true)
        {
            var read = _socket.Receive(_buffer.AsSpan(length));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            length += read;
            if (TryParse(length) is { } reply)
            {
                return reply;
            }

            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * length);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Null where there is more to come.</summary>
    private Reply? TryParse(int length)
    {
        var text = _buffer.AsSpan(0, length);
        var headLength = text.IndexOf("\r\n\r\n"u8) + 4;
        if (headLength < 4)
        {
            return null;
        }

        var head = text[..headLength];
        if (!Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _))
        {
            throw new IOException("The server doesn't answer in HTTP/1.1.");
        }

        var lengthIs = "\r\nContent-Length: "u8;
        var at = head.IndexOf(lengthIs);
        if (at < 0)
        {
            return status == 204 ? ReplyOf(status, headLength, 0)
                : text.EndsWith("\r\n0\r\n\r\n"u8) ? ReplyOf(status, headLength, length - headLength) // in chunks
                : null;
        }

        return Utf8Parser.TryParse(head[(at + lengthIs.Length)..], out int bodyLength, out _) && length >= headLength + bodyLength
            ? ReplyOf(status, headLength, bodyLength)
            : null;
    }

    private Reply ReplyOf(int status, int headLength, int bodyLength) =>
        new(status, _buffer.AsMemory(0, headLength), _buffer.AsMemory(headLength, bodyLength));
}

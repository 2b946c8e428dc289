using System.Globalization;
using System.Text;

namespace PeerBench.Load;

/// <summary>What one connection sends again and again, and what it makes of the answers.</summary>
internal abstract class Caller
{
    public abstract ReadOnlyMemory<byte> Next();

    /// <summary>Takes from an answer what the next request needs.</summary>
    public virtual void Take(Reply reply)
    {
    }

    public static byte[] Request(string method, string path, string? body = null, params string[] headers)
    {
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var header in headers)
        {
            text.Append(header).Append("\r\n");
        }

        if (body is not null)
        {
            text.Append("Content-Type: application/json\r\n");
        }

        if (body is not null || method == "POST")
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body ?? "")}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }
}

/// <summary>The same request each time.</summary>
internal sealed class Repeats(byte[] request) : Caller
{
    public override ReadOnlyMemory<byte> Next() => request;
}

/// <summary>A request with a number that changes, so that each has something to write.</summary>
internal sealed class Counts(Func<string, byte[]> request) : Caller
{
    private const string Mark = "000000000";

    private readonly byte[] _request = request(Mark);
    private readonly int _at = request(Mark).AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(Mark));
    private int _count;

    public override ReadOnlyMemory<byte> Next()
    {
        (100_000_000 + _count++).TryFormat(_request.AsSpan(_at, Mark.Length), out _, default, CultureInfo.InvariantCulture);
        return _request;
    }
}

/// <summary>
/// A request that names what the answer before it handed out: signed in again and again, a session has a new name each time.
/// </summary>
internal sealed class Follows(string first, Func<string, byte[]> request, Func<Reply, byte[]?> next) : Caller
{
    private string _current = first;

    public override ReadOnlyMemory<byte> Next() => request(_current);

    public override void Take(Reply reply) => _current = Encoding.ASCII.GetString(
        next(reply) ?? throw new IOException("The answer doesn't say how the session goes on."));
}

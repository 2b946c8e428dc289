using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>A connection that sends bytes as they are: a client library would put right, or refuse, most of what is to be tried.</summary>
internal sealed class FuzzConnection(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private TcpClient? _client;
    private int _from;
    private int _to;

    /// <summary>Null where the host closed the connection without a word.</summary>
    public async Task<FuzzAnswer?> SendAsync(byte[] request, bool hasNoBody)
    {
        using var patience = new CancellationTokenSource(Patience);
        if (_client is null)
        {
            (_client, _from, _to) = (new TcpClient { NoDelay = true }, 0, 0);
            await _client.ConnectAsync(address.Host, address.Port, patience.Token);
        }

        FuzzAnswer? answer = null;
        try
        {
            try
            {
                await _client.GetStream().WriteAsync(request, patience.Token);
            }
            catch (IOException)
            {
                // Closed on us while we were still sending; its answer may have come all the same.
            }

            answer = await ReadAsync(hasNoBody, patience.Token);
        }
        catch (IOException)
        {
            // No answer.
        }

        if (answer is null || answer.Closes)
        {
            Close();
        }

        return answer;
    }

    /// <summary>The next request goes over a connection of its own.</summary>
    public void Close()
    {
        _client?.Dispose();
        _client = null;
    }

    public void Dispose() => Close();

    private async Task<FuzzAnswer?> ReadAsync(bool hasNoBody, CancellationToken cancellation)
    {
        while (true)
        {
            if (await LineAsync(cancellation) is not { Length: > 0 } first)
            {
                return null;
            }

            var status = int.Parse(first.Split(' ')[1], CultureInfo.InvariantCulture);
            var headers = new List<(string Name, string Value)>();
            while (await LineAsync(cancellation) is { Length: > 0 } line)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                headers.Add((line[..colon], line[(colon + 1)..].Trim()));
            }

            if (status < 200)
            {
                continue; // 100 Continue
            }

            var answer = new FuzzAnswer(status, headers, []);
            return hasNoBody || status is 204 or 304 ? answer
                : answer.Header("Transfer-Encoding") == "chunked" ? answer with { Body = await ChunksAsync(cancellation) }
                : answer with { Body = await BytesAsync(int.Parse(answer.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture), cancellation) };
        }
    }

    private async Task<byte[]> ChunksAsync(CancellationToken cancellation)
    {
        var body = new List<byte>();
        while (true)
        {
            var size = int.Parse((await LineAsync(cancellation))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.AddRange(await BytesAsync(size, cancellation));
            await LineAsync(cancellation);
            if (size == 0)
            {
                return [.. body];
            }
        }
    }

    private async Task<byte[]> BytesAsync(int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            if (_from == _to && !await FillAsync(cancellation))
            {
                throw new IOException("The connection was closed in the middle of an answer.");
            }

            var take = Math.Min(count - have, _to - _from);
            _buffer.AsSpan(_from, take).CopyTo(bytes.AsSpan(have));
            (_from, have) = (_from + take, have + take);
        }

        return bytes;
    }

    private async Task<string?> LineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>();
        while (_from < _to || await FillAsync(cancellation))
        {
            var b = _buffer[_from++];
            if (b == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(b);
        }

        return null;
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        _from = 0;
        _to = await _client!.GetStream().ReadAsync(_buffer, cancellation);
        return _to > 0;
    }
}

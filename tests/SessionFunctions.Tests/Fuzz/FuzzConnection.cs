using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sessions;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>A connection that sends bytes as they are: a client library would put right, or refuse, most of what is to be tried.</summary>
internal sealed class FuzzConnection(Uri address) : IDisposable
{
    private const int PatienceMilliseconds = 30_000;

    private TcpClient? _client;
    private BufferedStream _stream = null!;

    /// <summary>Null where the host closed the connection without a word.</summary>
    public FuzzAnswer? Send(byte[] request, bool hasNoBody)
    {
        if (_client is null)
        {
            _client = new TcpClient(address.Host, address.Port) { NoDelay = true, ReceiveTimeout = PatienceMilliseconds, SendTimeout = PatienceMilliseconds };
            _stream = new BufferedStream(_client.GetStream(), 64 * 1024);
        }

        FuzzAnswer? answer = null;
        try
        {
            try
            {
                _client.GetStream().Write(request);
            }
            catch (IOException)
            {
                // Closed on us while we were still sending; its answer may have come all the same.
            }

            answer = Read(hasNoBody);
        }
        catch (IOException)
        {
            // No answer.
        }

        if (answer is null || answer.Header("Connection") == "close")
        {
            Dispose();
        }

        return answer;
    }

    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    private FuzzAnswer Read(bool hasNoBody)
    {
        var status = int.Parse(Line().Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new List<(string Name, string Value)>();
        while (Line() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add((line[..colon], line[(colon + 1)..].Trim()));
        }

        var answer = new FuzzAnswer(status, headers, []);
        return status < 200 ? Read(hasNoBody) // 100 Continue
            : hasNoBody || status is 204 or 304 ? answer
            : answer with { Body = answer.Header("Transfer-Encoding") == "chunked" ? Chunks() : Bytes(int.Parse(answer.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)) };
    }

    private byte[] Chunks()
    {
        var body = new List<byte>();
        int size;
        do
        {
            size = int.Parse(Line(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.AddRange(Bytes(size));
            Line();
        }
        while (size > 0);
        return [.. body];
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private string Line()
    {
        var line = new List<byte>();
        while (_stream.ReadByte() is var next && next != '\n')
        {
            line.Add(next < 0 ? throw new IOException("The connection was closed in the middle of an answer.") : (byte)next);
        }

        return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
    }
}

internal sealed record FuzzAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    private const string Cookie = "__Host-session=";

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The members of the body, where it is a JSON object.</summary>
    public JsonElement? Json => ObjectIn(Body);

    /// <summary>The session's token that the answer hands over, in its body or in its cookie.</summary>
    public string? Token => SessionToken.TryParse(TextOf("token") ?? CookieValue, out var token) ? token.Reveal() : null;

    private string? CookieValue =>
        Header("Set-Cookie") is { } cookie && cookie.StartsWith(Cookie, StringComparison.Ordinal) ? cookie[Cookie.Length..].Split(';')[0] : null;

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public string? TextOf(string name) => TextIn(Json, name);

    public static string? TextIn(JsonElement? json, string name) =>
        json is { } members && members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static JsonElement? ObjectIn(byte[] body)
    {
        try
        {
            return body.Length > 0 && JsonDocument.Parse(body).RootElement is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

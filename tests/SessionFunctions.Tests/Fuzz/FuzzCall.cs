using System.Text;
using System.Text.Json;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>A request, byte by byte, and what its maker knows about it.</summary>
internal sealed record FuzzCall(string Method, string Target)
{
    /// <summary>The function it is meant for; null where it is an odd address or method.</summary>
    public FuzzRoute? Route { get; init; }

    /// <summary>Whose present token it shows, and no other.</summary>
    public FuzzSession? Holder { get; init; }

    /// <summary>A token of this session is among what it shows, and not as it should be.</summary>
    public FuzzSession? Misused { get; init; }

    /// <summary>It shows the token of a session that all lanes use.</summary>
    public bool IsStrangers { get; init; }

    public bool HasKey { get; init; }

    /// <summary>The session in its path.</summary>
    public FuzzSession? Sid { get; init; }

    /// <summary>A member of its body; null where there is none of that name. Only for a call that was understood.</summary>
    public string? TextOf(string name) =>
        JsonDocument.Parse(Body).RootElement is var json && json.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>So malformed that the server may refuse it before the app sees it.</summary>
    public bool IsBroken { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    public bool Chunked { get; init; }

    public byte[] ToBytes()
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        if (Body is null)
        {
            return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
        }

        head.Append(Chunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {Body.Length}\r\n\r\n");
        byte[] start = Encoding.UTF8.GetBytes(head.ToString());
        return !Chunked ? [.. start, .. Body]
            : Body.Length == 0 ? [.. start, .. "0\r\n\r\n"u8]
            : [.. start, .. Encoding.ASCII.GetBytes($"{Body.Length:x}\r\n"), .. Body, .. "\r\n0\r\n\r\n"u8];
    }

    /// <summary>To repeat it by hand, on one line.</summary>
    public override string ToString()
    {
        var text = Encoding.Latin1.GetString(ToBytes()).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return text.Length > 3000 ? $"{text[..3000]}… ({text.Length} characters)" : text;
    }
}

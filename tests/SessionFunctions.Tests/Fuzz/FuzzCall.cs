using System.Text;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>A request, byte by byte, and what its maker knows about it.</summary>
internal sealed record FuzzCall(string Method, string Target)
{
    /// <summary>The function it is meant for; null where it is an odd address or method.</summary>
    public FuzzRoute? Route { get; init; }

    /// <summary>The sessions whose present tokens it shows: one speaks, of several none.</summary>
    public IReadOnlyList<FuzzSession> Shown { get; init; } = [];

    public FuzzSession? Holder => Shown is [var holder] ? holder : null;

    /// <summary>A token of this session is what it shows, and not as it should be.</summary>
    public FuzzSession? Misused { get; init; }

    /// <summary>It shows the token of a session that all lanes use.</summary>
    public bool IsStrangers { get; init; }

    public bool HasKey { get; init; }

    /// <summary>The session in its path.</summary>
    public FuzzSession? Sid { get; init; }

    /// <summary>So malformed that the server may refuse it before the app sees it.</summary>
    public bool IsBroken { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    public bool Chunked { get; init; }

    /// <summary>A member of the body, for what an answer to it means.</summary>
    public string? TextOf(string name) => FuzzAnswer.TextIn(FuzzAnswer.ObjectIn(Body ?? []), name);

    public byte[] ToBytes()
    {
        var head = $"{Method} {Target} HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}";
        return Body is null ? Encoding.UTF8.GetBytes($"{head}\r\n")
            : !Chunked ? [.. Encoding.UTF8.GetBytes($"{head}Content-Length: {Body.Length}\r\n\r\n"), .. Body]
            : Body.Length == 0 ? Encoding.UTF8.GetBytes($"{head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
            : [.. Encoding.UTF8.GetBytes($"{head}Transfer-Encoding: chunked\r\n\r\n{Body.Length:x}\r\n"), .. Body, .. "\r\n0\r\n\r\n"u8];
    }

    /// <summary>To repeat it by hand, on one line.</summary>
    public override string ToString()
    {
        var text = Encoding.Latin1.GetString(ToBytes()).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return text.Length > 3000 ? $"{text[..3000]}… ({text.Length} characters)" : text;
    }
}

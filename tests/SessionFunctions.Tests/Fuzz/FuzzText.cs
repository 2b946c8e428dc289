namespace SessionFunctions.Tests.Fuzz;

/// <summary>Picks and odd pieces of text.</summary>
internal sealed class FuzzText(Random random)
{
    /// <summary>As they stand in JSON, between the quotes; what has half a surrogate pair or a bare control character isn't JSON any more.</summary>
    private static readonly string[] Strings =
    [
        "", "a", "b", "cart", "theme", "ключ", "🦊", "\\ud83e\\udd8a", "\\u0000", "\\u0061", "a/b~c", "~0~1", "__proto__", "constructor", "%00", "%2F..",
        "'; drop table sessions; --", "<script>", "\\\"quoted\\\"", "\\\\", "line\\nbreak", "\\ud83e", "\\udd8a\\ud83e", "\u0001", "\\x", "\\u12",
        new('n', 256), new('n', 257), new('é', 300),
    ];

    private static readonly string[] Paths =
    [
        "/", "/api", "/api/", "/api//sessions", "/api/sessions/", "/api/sessions/current/", "/api/sessions/current/../current", "/api/sessions/%2e%2e/current",
        "/api/%2F/sessions", "/api/sessions%2Fcurrent", "/api/sessions/current%00", "/api/sessions/%00", "/api/%25/sessions", "/api/%ff%fe", "/api/%", "/api/%zz",
        "/api/sessions/🦊", "/api/sessions/current?touch=%00", "/api/sessions/current?touch=false&touch=x", "/api/sessions/current?%zz", "/api/sessions?code=%ff",
        "/API/SESSIONS/CURRENT", "/api/manage/sessions/", "/api/manage/sessions/..%2f..", "/api/manage/users//sessions", "/api/manage/users/ada/sessions", "/api/manage/end-everything/",
        "/api/sessions/current/data/", "/api/sessions/current/data/../", "/api/sessions/current/data/a%2Fb", "/api/sessions/current/data/a/b/", "/api/sessions/current/siblings/",
        "/admin/host/keys", "/runtime/webhooks", "/api/../../etc/passwd", "/api/sessions/current#x", "/api/sessions/current;x=1", "//api/sessions", "*", "api",
        "http://localhost/api/sessions/current", "http://other.example.com/api/sessions/current", "/api/health/live%0d%0aX: y", "/api/\\sessions", "/api/sessions|current",
    ];

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public bool Chance(double share) => random.NextDouble() < share;

    public string OddString() => Pick(Strings);

    public string OddPath() => Chance(0.05) ? "/api/" + new string('p', random.Next(100, 12_000)) : Pick(Paths);

    /// <summary>What a token or a ticket isn't any more after something happened to it.</summary>
    public string Spoilt(string token) => random.Next(8) switch
    {
        0 => token[..random.Next(token.Length)],
        1 => token + Pick(["A", ".", "=", " x", ",x"]),
        2 => Replaced(token, random.Next(token.Length)),
        3 => token.ToUpperInvariant(),
        4 => token.Replace('.', ':') + "A",
        5 => new string('A', random.Next(1, 6000)),
        6 => Pick(["null", "undefined", "%00", "..", "a.b", "e30.e30.", "Bearer"]),
        _ => "",
    };

    private static string Replaced(string text, int at) => $"{text[..at]}{(text[at] == 'b' ? 'c' : 'b')}{text[(at + 1)..]}";
}

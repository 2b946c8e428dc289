namespace SessionFunctions.Tests.Fuzz;

/// <summary>Headers that browsers, programs and nobody send.</summary>
internal static class FuzzHeaders
{
    public const string AllowedOrigin = "https://shop.example.com";

    /// <summary>Tokens of others, which a page may send along everywhere: none has our form.</summary>
    public static readonly string[] Foreign = ["eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl", "eyJhbGciOiJub25lIn0.e30.", "gho_16C7e42F292c6912E7710c838347Ae178B4a", "x"];

    private static readonly (string Name, string[] Values)[] Odd =
    [
        ("Origin", [AllowedOrigin, "https://other.example.com", "null", "", "https://shop.example.com/", "http://shop.example.com"]),
        ("Sec-Fetch-Site", ["same-origin", "same-site", "cross-site", "none", "x"]),
        ("If-Match", ["\"1\"", "\"2\"", "*", "W/\"1\"", "\"x\"", "1", "\"", "\"99999999999999999999\"", "\"1\", \"2\"", ",", "", "\"-1\""]),
        ("If-None-Match", ["\"1\"", "\"2\"", "*", "W/\"1\"", "x", "", "\"1\",,\"2\""]),
        ("Prefer", ["return=minimal", "return=representation", "return", "=", "return=minimal, wait=10", ""]),
        ("User-Agent", ["curl/8.1", "Mozilla/5.0 (X11; Linux x86_64; rv:1.0) Gecko/20100101 Firefox/1.0", "/", " ", "Firefox/ Edg Windows", "a\tb", "🦊/1.0"]),
        ("X-Forwarded-For", ["10.0.0.1", "::1", "x", "10.0.0.1, 10.0.0.2", ""]),
        ("Accept", ["application/json", "text/html", "*/*;q=0", "x"]),
        ("Accept-Encoding", ["gzip", "identity;q=0", "br"]),
        ("Range", ["bytes=0-1"]),
        ("Expect", ["100-continue"]),
        ("X-CSRF", ["0", "1", ""]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("Cookie", ["a=1", "=", ";;;", "__Host-session", "__Host-sessionx=1", "__host-session=1", "__Host-session=", "__Host-session=x.y"]),
        ("Authorization", ["Basic YTpi", "Bearer", "bearer x", "", "Negotiate", .. Foreign.Select(token => $"Bearer {token}")]),
        ("Session-Token", ["", "x", "a.b", "Bearer x", .. Foreign]),
        ("Idempotency-Key", ["\"one-and-the-same-for-all\"", "", "x"]),
        ("Access-Control-Request-Method", ["PUT", "x"]),
        ("x-ms-invocation-id", ["x"]),
        ("X-WAWS-Unencoded-URL", ["", "%", "/api/sessions/current/data/a%2Fb", "/api/manage/end-everything", "🦊"]),
        ("Content-Encoding", ["gzip", "identity"]),
    ];

    public static IEnumerable<(string Name, string Value)> Some(FuzzText text)
    {
        while (text.Chance(0.25))
        {
            var (name, values) = text.Pick(Odd);
            yield return (name, text.Pick(values));
        }
    }
}

namespace SessionFunctions.Tests.Fuzz;

/// <summary>Headers that browsers, programs and nobody send.</summary>
internal sealed class FuzzHeaders(FuzzText text)
{
    public const string AllowedOrigin = "https://shop.example.com";

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
        ("Cookie", ["a=1", "=", ";;;", "__Host-session", "__Host-sessionx=1", "__host-session=1"]),
        ("Authorization", ["Basic YTpi", "Bearer", "bearer x", "", "Negotiate", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln"]),
        ("Access-Control-Request-Method", ["PUT", "x"]),
        ("Session-Token", ["", "x", "null", "Bearer x", "🦊"]),
        ("Idempotency-Key", ["a-key-that-comes-again-and-again"]),
        ("Content-Encoding", ["gzip", "identity"]),
    ];

    public IEnumerable<(string Name, string Value)> Some()
    {
        while (text.Chance(0.25))
        {
            var (name, values) = text.Pick(Odd);
            yield return (name, text.Pick(values));
        }
    }
}

using System.Net;
using System.Text;
using Xunit.Sdk;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>That the check would notice.</summary>
public sealed class ContractCheckTests
{
    private const string Live = "GET /api/health/live";
    private const string Ok = """{"status":"ok"}""";
    private const string NotFound = """{"type":"urn:session-functions:problem:not-found","title":"Not found","status":404}""";
    private const string NotAllowed = """{"type":"urn:session-functions:problem:not-allowed","title":"Not allowed","status":422}""";

    [Theory]
    [InlineData(Live, 200, "application/json", Ok)]
    [InlineData("GET /api/HEALTH/live", 200, "application/json", Ok)]
    [InlineData("GET /api/health/liv%65", 200, "application/json", Ok)]
    [InlineData("DELETE /api/manage/sessions/00", 204, null, "")]
    [InlineData("GET /api/x/%2E%2E/health/./live", 200, "application/json", Ok)]
    [InlineData("GET /api/nothing", 404, "application/problem+json", NotFound)]
    [InlineData("GET /api/health/live/", 422, "application/problem+json", NotAllowed)]
    [InlineData("PUT /api/sessions/current/data/a/b", 422, "application/problem+json", NotAllowed)]
    [InlineData("HEAD /api/health/live", 200, "application/json", "")]
    [InlineData("HEAD /api/sessions/current", 405, "application/problem+json", "")]
    [InlineData("GET /", 200, "text/plain", "hello")]
    [InlineData("OPTIONS /api/sessions", 204, null, "")]
    public Task A_documented_answer_passes(string call, int status, string? type, string body) => SendAsync(call, status, type, body);

    [Theory]
    [InlineData(Live, 204, null, "", "the status 204 isn't documented")]
    [InlineData(Live, 200, "text/plain", "ok", "the media type text/plain isn't documented")]
    [InlineData(Live, 200, null, "", "the media type  isn't documented")]
    [InlineData(Live, 200, "application/json", """{"status":"bad"}""", "the body/status is bad: ")]
    [InlineData(Live, 200, "application/json", """{"status":"ok","more":1}""", "the body/more is 1: All values fail")]
    [InlineData(Live, 200, "application/json", "{}", "the body is {}: Required properties [\"status\"]")]
    [InlineData(Live, 500, "application/problem+json", NotFound, "the body/status is 404: ")]
    [InlineData("DELETE /api/manage/sessions/00", 204, "application/json", "{}", "there is a body, and none is documented")]
    [InlineData("GET /api/nothing", 200, "application/json", "{}", "only a problem")]
    [InlineData("GET /api/nothing", 422, "application/problem+json", NotAllowed, "only a problem may be answered there, with 404 or 405")]
    [InlineData("GET /api/health/live/", 200, "application/json", Ok, "only a problem may be answered there, with 401 or 422")]
    [InlineData("HEAD /api/health/live", 204, "application/json", "", "the status 204 isn't documented")]
    [InlineData("GET /api/nothing", 404, "application/problem+json", """{"type":"about:blank","title":"t","status":404}""", "/type is about:blank: ")]
    [InlineData("POST /api/health/live", 200, "application/json", Ok, "only a problem")]
    public async Task Any_other_fails(string call, int status, string? type, string body, string fault) =>
        Assert.Contains(fault, (await Assert.ThrowsAsync<XunitException>(() => SendAsync(call, status, type, body))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Cache-Control", null, "the header Cache-Control is missing")]
    [InlineData("Cache-Control", "public", "the header Cache-Control is public: ")]
    [InlineData("X-Powered-By", "tests", "the header X-Powered-By isn't documented")]
    public async Task So_does_a_header_that_is_not_as_documented(string name, string? value, string fault) =>
        Assert.Contains(fault, (await Assert.ThrowsAsync<XunitException>(() => SendAsync(Live, 200, "application/json", Ok, (name, value)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Vary", "Origin")]
    [InlineData("Access-Control-Allow-Origin", "https://shop.example")]
    public Task What_HTTP_and_CORS_add_passes(string name, string value) => SendAsync(Live, 200, "application/json", Ok, (name, value));

    private static readonly (string Name, string? Value)[] Always =
    [
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    private static async Task SendAsync(string call, int status, string? type, string body, params (string Name, string? Value)[] headers)
    {
        using var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null)
        {
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var (name, value) in headers.UnionBy(Always, header => header.Name))
        {
            answer.Headers.TryAddWithoutValidation(name, value is null ? [] : [value]);
        }

        using var client = new HttpClient(new ContractCheck(new Stub(answer)));
        using var request = new HttpRequestMessage(new HttpMethod(call.Split(' ')[0]), $"http://localhost{call.Split(' ')[1]}");
        await client.SendAsync(request);
    }

    private sealed class Stub(HttpResponseMessage answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer);
    }
}

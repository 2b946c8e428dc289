using System.Net.Http.Headers;
using System.Text.Json;

namespace SessionFunctions.Tests.Service;

/// <summary>An answer as a client sees it.</summary>
public sealed class Answer
{
    private const string TypePrefix = "urn:session-functions:problem:";

    private readonly HttpHeaders[] _headers;

    private Answer(int status, string body, params HttpHeaders[] headers) => (Status, Body, _headers) = (status, body, headers);

    public int Status { get; }

    public string Body { get; }

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? ETag => Header("ETag");

    public string Data => Json.GetProperty("data").GetRawText();

    /// <summary>The token in the body.</summary>
    public string? Token => Json.TryGetProperty("token", out var token) ? token.GetString() : null;

    public string? SetCookie => Header("Set-Cookie");

    /// <summary>The token in the cookie.</summary>
    public string? CookieToken => SetCookie?.Split(';')[0][(Request.CookieName.Length + 1)..];

    /// <summary>The last part of a problem's type.</summary>
    public string? Problem => Status < 400 ? null : Json.GetProperty("type").GetString()![TypePrefix.Length..];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);

    public string? Header(string name)
    {
        var values = _headers.SelectMany(headers => headers.TryGetValues(name, out var found) ? found : []).ToList();
        return values.Count == 0 ? null : Assert.Single(values);
    }

    public Answer Is(int status, string? problem = null)
    {
        Assert.True(status == Status, $"{Status} instead of {status}: {Body}");
        if (problem is not null)
        {
            Assert.Equal(problem, Problem);
        }

        return this;
    }

    /// <summary>What every answer must have, whatever was asked.</summary>
    public void HoldToTheRules()
    {
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header("Content-Security-Policy"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.Null(Header("Server"));
        // A missing function key is the host's to refuse, and no token would help.
        Assert.Equal(Status == 401 && Problem != "function-key" ? "Bearer error=\"invalid_token\"" : null, Header("WWW-Authenticate"));
        if (Status >= 400)
        {
            Assert.Equal("application/problem+json", Header("Content-Type"));
            Assert.StartsWith(TypePrefix, Json.GetProperty("type").GetString(), StringComparison.Ordinal);
            Assert.Equal(Status, Json.GetProperty("status").GetInt32());
            Assert.False(string.IsNullOrEmpty(Json.GetProperty("title").GetString()));
            Assert.DoesNotContain("   at ", Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", Body, StringComparison.Ordinal);
        }
        else if (Body.Length > 0)
        {
            Assert.Equal("application/json", Header("Content-Type"));
            Assert.Equal(JsonValueKind.Object, Json.ValueKind);
        }
    }
}

using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;

namespace MicroBench;

/// <summary>The token found among a request's headers.</summary>
public class CredentialHeaders
{
    private readonly CredentialsReader _reader = new(Options.Create(new SessionCookieOptions()));
    private readonly HttpRequest _cookie = Request();
    private readonly HttpRequest _bearer = Request();
    private readonly HttpRequest _ownHeader = Request();
    private readonly HttpRequest _none = Request();

    public CredentialHeaders()
    {
        var token = Samples.Token().Reveal();
        _cookie.Headers.Cookie = $"consent=all; {new SessionCookieOptions().Name}={token}; lang=en";
        _bearer.Headers.Authorization = $"Bearer {token}";
        _ownHeader.Headers["Session-Token"] = token;
    }

    [Benchmark(Description = "credentials: cookie among three")]
    public object Cookie() => _reader.Read(_cookie);

    [Benchmark(Description = "credentials: bearer")]
    public object Bearer() => _reader.Read(_bearer);

    [Benchmark(Description = "credentials: Session-Token")]
    public object OwnHeader() => _reader.Read(_ownHeader);

    [Benchmark(Description = "credentials: none")]
    public object None() => _reader.Read(_none);

    private static HttpRequest Request()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
        request.Headers.Accept = "application/json";
        request.Headers.AcceptLanguage = "en";
        return request;
    }
}

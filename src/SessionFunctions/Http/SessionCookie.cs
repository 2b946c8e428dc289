using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Sessions;

namespace SessionFunctions.Http;

/// <summary>The cookie that carries the token for browsers: out of reach for scripts, and for plain HTTP.</summary>
public sealed class SessionCookie(IOptions<SessionOptions> options, TimeProvider time)
{
    private readonly SessionOptions.CookieSettings _settings = options.Value.Cookie;

    /// <summary>The answer that hands over a new token: in the cookie, or in the body, never in both.</summary>
    public IResult Carry(HttpRequest request, IssuedSession issued, Transport transport, int status, string? location = null)
    {
        if (transport == Transport.Cookie)
        {
            Set(request.HttpContext.Response, issued);
        }

        return new SessionAnswer(issued.Session, status)
        {
            Token = transport == Transport.Bearer ? issued.Token : null,
            Location = location,
        };
    }

    private void Set(HttpResponse response, IssuedSession issued)
    {
        var cookie = Blank(issued.Token.Reveal());
        if (issued.Session.Persistent)
        {
            // To the session's end and not to its idle timeout: the server knows when it was last used, and needn't send the cookie anew each time.
            cookie.MaxAge = WholeSeconds(issued.Session.Lifetime.Ends - time.GetUtcNow());
        }

        Append(response, cookie);
    }

    public void Clear(HttpResponse response)
    {
        var cookie = Blank("");
        cookie.MaxAge = TimeSpan.Zero;
        cookie.Expires = DateTimeOffset.UnixEpoch;
        Append(response, cookie);
    }

    private SetCookieHeaderValue Blank(string value)
    {
        var cookie = new SetCookieHeaderValue(_settings.Name, value)
        {
            Path = "/",
            Secure = true,
            HttpOnly = true,
            Domain = string.IsNullOrEmpty(_settings.Domain) ? null : _settings.Domain,
            SameSite = Enum.Parse<Microsoft.Net.Http.Headers.SameSiteMode>(_settings.SameSite),
        };
        if (cookie.SameSite == Microsoft.Net.Http.Headers.SameSiteMode.None)
        {
            cookie.Extensions.Add("Partitioned"); // or browsers that block third-party cookies drop it
        }

        return cookie;
    }

    private static void Append(HttpResponse response, SetCookieHeaderValue cookie) => response.Headers.Append(HeaderNames.SetCookie, cookie.ToString());

    private static TimeSpan WholeSeconds(TimeSpan span) => TimeSpan.FromSeconds(Math.Max(0, Math.Floor(span.TotalSeconds)));
}

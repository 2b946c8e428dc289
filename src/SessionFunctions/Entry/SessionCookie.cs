using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>The cookie that carries the token for browsers: out of reach for scripts, and for plain HTTP.</summary>
public sealed class SessionCookie(IOptions<SessionCookieOptions> options, TimeProvider time)
{
    private readonly SessionCookieOptions _settings = options.Value;
    private readonly string _attributes = AttributesOf(options.Value);

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

    /// <summary>Makes browsers forget the cookie.</summary>
    public void Clear(HttpResponse response) => Append(response, "", TimeSpan.Zero);

    /// <summary>
    /// A persistent session's cookie lasts to the session's end and not to its idle timeout: the server knows when it was last used, and
    /// needn't
    /// send the cookie anew each time.
    /// </summary>
    public void Set(HttpResponse response, IssuedSession issued) =>
        Append(response, issued.Token.Reveal(), issued.Session.Persistent ? issued.Session.Lifetime.Ends - time.GetUtcNow() : null);

    private void Append(HttpResponse response, string value, TimeSpan? maxAge) =>
        response.Headers.Append(HeaderNames.SetCookie, $"{_settings.Name}={value}{MaxAge(maxAge)}{_attributes}");

    private static string MaxAge(TimeSpan? maxAge) => maxAge is { } left ? $"; Max-Age={Math.Max(0, (long)left.TotalSeconds)}" : "";

    private static string AttributesOf(SessionCookieOptions settings) =>
        "; Path=/; Secure; HttpOnly"
        + $"; SameSite={settings.SameSite}"
        + (settings.SameSite == Microsoft.AspNetCore.Http.SameSiteMode.None ? "; Partitioned" : "") // or browsers that block third-party cookies drop it
        + (string.IsNullOrEmpty(settings.Domain) ? "" : $"; Domain={settings.Domain}");
}

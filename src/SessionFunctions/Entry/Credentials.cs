using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sessions;

namespace SessionFunctions.Entry;

public enum Transport
{
    Cookie,
    Bearer,
}

/// <summary>What a caller shows to be let in.</summary>
/// <param name="Token">Null where none was shown, or none that could be one.</param>
/// <param name="Transport">How it came.</param>
/// <param name="ByCookie">Whether the browser's cookie alone speaks for the caller, so that another site might be behind the call.</param>
public sealed record Credentials(SessionToken? Token, Transport Transport, bool ByCookie)
{
    /// <summary>Whether anything was shown at all, a token or not.</summary>
    public bool Any => ByCookie || Transport == Transport.Bearer;
}

public sealed class CredentialsReader(IOptions<SessionCookieOptions> options)
{
    private const string Scheme = "Bearer ";

    private readonly string _cookieName = options.Value.Name;

    public Credentials Read(HttpRequest request)
    {
        var cookies = Cookies(request);
        var bearers = request.Headers.Authorization
            .Where(value => value is not null && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            .Select(value => value![Scheme.Length..].Trim());

        // Two tokens that differ, wherever they stand, are nobody's: guessing which was meant would let one shadow the other.
        var shown = cookies.Concat(bearers).Distinct(StringComparer.Ordinal).Take(2).ToArray();
        var token = shown.Length == 1 && SessionToken.TryParse(shown[0], out var parsed) ? parsed : null;
        var byBearer = bearers.Any();
        return new Credentials(token, byBearer ? Transport.Bearer : Transport.Cookie, ByCookie: !byBearer && cookies.Count > 0);
    }

    /// <summary>Every value of our cookie. ASP.NET Core's own collection keeps one of several, and not always the same.</summary>
    private List<string> Cookies(HttpRequest request)
    {
        var values = new List<string>();
        foreach (var header in request.Headers.Cookie)
        {
            foreach (var pair in (header ?? "").Split(';', StringSplitOptions.TrimEntries))
            {
                if (pair.Length > _cookieName.Length && pair[_cookieName.Length] == '=' && pair.StartsWith(_cookieName, StringComparison.Ordinal))
                {
                    values.Add(pair[(_cookieName.Length + 1)..]);
                }
            }
        }

        return values;
    }
}

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
/// <param name="Tokens">Each token of our form once. Several are nobody's: guessing which was meant would let one shadow the other.</param>
/// <param name="Transport">How they came.</param>
/// <param name="ByCookie">Whether the browser's cookie alone speaks for the caller, so that another site might be behind the call.</param>
internal sealed record Credentials(IReadOnlyList<SessionToken> Tokens, Transport Transport, bool ByCookie);

/// <summary>
/// Reads the token from the cookie, from <c>Authorization: Bearer</c>, or from <c>Session-Token</c>, for platforms that use Authorization
/// themselves.
/// What hasn't our form, such as an identity provider's JWT that a page sends along everywhere, isn't ours and is passed over.
/// </summary>
internal sealed class CredentialsReader(IOptions<SessionCookieOptions> options)
{
    /// <summary>
    /// Tokens that are taken in. No client of ours shows more than two; each costs a log out two requests at the table, and a request has
    /// room for hundreds.
    /// </summary>
    public const int MostTokens = 8;

    private const string Scheme = "Bearer ";
    private const string OwnHeader = "Session-Token";

    private readonly string _cookieName = options.Value.Name;

    public Credentials Read(HttpRequest request)
    {
        var tokens = new List<SessionToken>(1);
        foreach (var header in request.Headers.Authorization)
        {
            if (header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                Add(tokens, header[Scheme.Length..].Trim());
            }
        }

        foreach (var header in request.Headers[OwnHeader])
        {
            Add(tokens, header?.Trim());
        }

        var byHeader = tokens.Count > 0;
        var cookies = AddCookies(tokens, request);
        return new Credentials(tokens, byHeader ? Transport.Bearer : Transport.Cookie, ByCookie: !byHeader && cookies > 0);
    }

    /// <summary>Every value of our cookie. ASP.NET Core's own collection keeps one of several, and not always the same.</summary>
    private int AddCookies(List<SessionToken> tokens, HttpRequest request)
    {
        var found = 0;
        foreach (var header in request.Headers.Cookie)
        {
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan()[range].Trim();
                if (pair.Length > _cookieName.Length && pair[_cookieName.Length] == '=' && pair.StartsWith(_cookieName, StringComparison.Ordinal))
                {
                    found++;
                    Add(tokens, pair[(_cookieName.Length + 1)..].ToString());
                }
            }
        }

        return found;
    }

    private static void Add(List<SessionToken> tokens, string? text)
    {
        // One past the most tells that there are more.
        if (tokens.Count <= MostTokens
            && SessionToken.TryParse(text, out var token)
            && !tokens.Exists(known => known.Id == token.Id && known.Hash.Matches(token.Hash)))
        {
            tokens.Add(token);
        }
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SessionFunctions.Create;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>A holder's call that may go on: who speaks, and how the answer must carry a new token.</summary>
public sealed record HolderCall(HttpRequest Request, SessionToken Token, Transport Transport, CancellationToken Cancellation);

/// <summary>
/// What every call goes through, so that a function only parses, calls and maps: headers that every answer has, the holder's
/// credentials, the cross-site rule, and an answer for whatever goes wrong. Not a middleware, because the Functions worker gives no place
/// in its ASP.NET Core pipeline that SelfHost could share.
/// </summary>
public sealed class EntryStep(CredentialsReader credentials, CrossSiteRule crossSite, RateLimits limits, ILogger<EntryStep> log)
{
    /// <summary>What page scripts of another origin may read of an answer; the platform's CORS setting has no place for it.</summary>
    private const string Exposed = "Accept-Patch, ETag, Location, Preference-Applied, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate";

    /// <summary>A call that needs no credentials.</summary>
    public async Task<IResult> OpenAsync(HttpRequest request, Func<CancellationToken, Task<IResult>> handle)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        if (request.Headers.Origin.Count > 0)
        {
            headers.AccessControlExposeHeaders = Exposed;
        }

        try
        {
            return await handle(request.HttpContext.RequestAborted);
        }
        catch (StorageUnavailableException e)
        {
            log.StorageUnavailable(e);
            return Problem.StorageUnavailable();
        }
        catch (BadHttpRequestException e)
        {
            return Problem.Of(e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Refusal.TooLarge("The body is too long.")
                : Refusal.Malformed("The request can't be read."));
        }
        catch (OperationCanceledException) when (request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (Exception e)
        {
            log.Failed(e);
            return Problem.Internal();
        }
    }

    /// <summary>A call that a session's holder makes.</summary>
    public Task<IResult> HolderAsync(HttpRequest request, Func<HolderCall, Task<IResult>> handle) =>
        OpenAsync(request, cancellation => limits.AgainstGuessingAsync(request, async () => Admit(request, cancellation) switch
        {
            (null, { } problem) => problem,
            ({ } holder, _) => await handle(holder),
            _ => Problem.Of(Refusal.NotAuthenticated),
        }));

    /// <summary>A call that ends a session, and gives the same answer whether there is one.</summary>
    public Task<IResult> PerhapsHolderAsync(HttpRequest request, Func<HolderCall?, CancellationToken, Task<IResult>> handle) =>
        OpenAsync(request, cancellation => limits.AgainstGuessingAsync(request, async () => Admit(request, cancellation) switch
        {
            (null, { } problem) => problem,
            var (holder, _) => await handle(holder, cancellation),
        }));

    private (HolderCall? HolderCall, Problem? Problem) Admit(HttpRequest request, CancellationToken cancellation)
    {
        var shown = credentials.Read(request);
        return shown.ByCookie && !crossSite.AllowsWithCookie(request) ? (null, Problem.Forgery())
            : shown.Token is null ? (null, null)
            : (new HolderCall(request, shown.Token, shown.Transport, cancellation), null);
    }
}

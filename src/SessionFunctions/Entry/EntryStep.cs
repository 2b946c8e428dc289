using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>A call that may go on.</summary>
public record OpenCall(HttpRequest Request)
{
    /// <summary>Signalled when the caller has gone.</summary>
    public CancellationToken Cancellation => Request.HttpContext.RequestAborted;
}

/// <summary>A holder's call: who speaks, and how the answer must carry a new token.</summary>
public sealed record HolderCall(HttpRequest Request, SessionToken Token, Transport Transport) : OpenCall(Request);

/// <summary>
/// What every call goes through, so that a function only parses, calls and maps: headers that every answer has, the holder's
/// credentials, the cross-site rule, limits, and an answer for whatever goes wrong. Not a middleware, so that it is the same under the
/// Functions host and under SelfHost.
/// </summary>
public sealed class EntryStep
{
    /// <summary>What page scripts of another origin may read of an answer; the platform's CORS setting has no place for it.</summary>
    private const string Exposed = "Accept-Patch, ETag, Location, Preference-Applied, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate";

    private readonly CredentialsReader _credentials;
    private readonly CrossSiteRule _crossSite;
    private readonly RateLimits _limits;
    private readonly ILogger<EntryStep> _log;

    internal EntryStep(CredentialsReader credentials, CrossSiteRule crossSite, RateLimits limits, ILogger<EntryStep> log) =>
        (_credentials, _crossSite, _limits, _log) = (credentials, crossSite, limits, log);

    /// <summary>A call that needs no credentials, or a function key that the host has checked.</summary>
    public Task<IResult> OpenAsync(HttpRequest request, Func<OpenCall, Task<IResult>> handle) =>
        AnswerAsync(request, handle, static (_, request, handle) => handle(new OpenCall(request)));

    /// <summary>The same for a call whose address names something.</summary>
    public Task<IResult> OpenAsync<T>(HttpRequest request, T named, Func<OpenCall, T, Task<IResult>> handle) =>
        OpenAsync(request, call => handle(call, named));

    /// <summary>A call that needs no credentials, and is limited for each client address.</summary>
    public Task<IResult> LimitedAsync(HttpRequest request, Func<OpenCall, Task<IResult>> handle) =>
        AnswerAsync(request, handle, static (step, request, handle) =>
            step._limits.Refuse(request) is { } limited ? Task.FromResult<IResult>(limited) : handle(new OpenCall(request)));

    /// <summary>A call that a session's holder makes.</summary>
    public Task<IResult> HolderAsync(HttpRequest request, Func<HolderCall, Task<IResult>> handle) =>
        AnswerAsync(request, handle, static (step, request, handle) =>
        {
            var shown = step._credentials.Read(request);
            return step._crossSite.Forbids(request, shown) ? Task.FromResult<IResult>(Problem.Forgery())
                : shown.Tokens is [var token] ? handle(new HolderCall(request, token, shown.Transport))
                : Task.FromResult<IResult>(Problem.Of(Refusal.NotAuthenticated));
        });

    /// <summary>The same for a call whose address names something.</summary>
    public Task<IResult> HolderAsync<T>(HttpRequest request, T named, Func<HolderCall, T, Task<IResult>> handle) =>
        HolderAsync(request, call => handle(call, named));

    /// <summary>A log out: whatever tokens are shown, none or several, it gives the same answer.</summary>
    public Task<IResult> LogOutAsync(HttpRequest request, Func<OpenCall, IReadOnlyList<SessionToken>, Task<IResult>> handle) =>
        AnswerAsync(request, handle, static (step, request, handle) =>
        {
            var shown = step._credentials.Read(request);
            return step._crossSite.Forbids(request, shown) ? Task.FromResult<IResult>(Problem.Forgery())
                : shown.Tokens.Count > CredentialsReader.MostTokens ? Task.FromResult<IResult>(Problem.TooManyTokens)
                : handle(new OpenCall(request), shown.Tokens);
        });

    private async Task<IResult> AnswerAsync<T>(HttpRequest request, T handle, Func<EntryStep, HttpRequest, T, Task<IResult>> enter)
    {
        AddHeaders(request);
        if (request.Path.Value!.EndsWith('/'))
        {
            return Problem.SlashAtEnd();
        }

        try
        {
            return await enter(this, request, handle);
        }
        catch (StorageUnavailableException e)
        {
            _log.StorageUnavailable(e);
            return Problem.StorageUnavailable();
        }
        catch (TableMismatchException e)
        {
            _log.TableMismatch(e);
            return Problem.TableMismatch(e.Message);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problem.BodyTooLarge() : Problem.Of(Refusal.Malformed("The request can't be read."));
        }
        catch (OperationCanceledException) when (request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return NoAnswer.CallerGone;
        }
        catch (Exception e)
        {
            _log.Failed(e);
            return Problem.Internal();
        }
    }

    private static void AddHeaders(HttpRequest request)
    {
        var response = request.HttpContext.Response;
        AnswerHeaders.AddTo(response);
        if (request.Headers.Origin.Count > 0)
        {
            response.Headers.AccessControlExposeHeaders = Exposed;
        }
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.Create;

/// <summary>
/// What one client address may do in a minute, in this instance of the app: make sessions, which fill the storage, and show tokens that
/// aren't valid. The headers are those of draft-ietf-httpapi-ratelimit-headers.
/// </summary>
public sealed class RateLimits(ClientAddressReader addresses, CredentialsReader credentials, IOptions<SessionOptions> options, TimeProvider time)
{
    private const string Creates = "creates";
    private const string FailedTokens = "failed-tokens";

    private readonly AddressLimiter _creates = new(options.Value.RateLimit.CreatesPerMinute, time);
    private readonly AddressLimiter _failedTokens = new(options.Value.RateLimit.FailedTokensPerMinute, time);

    /// <summary>Counts a call that makes a session. The answer where there were too many.</summary>
    public Problem? RefuseCreate(HttpRequest request)
    {
        if (_creates.IsOff)
        {
            return null;
        }

        var quota = _creates.Take(addresses.Read(request));
        Tell(request, Creates, _creates, quota);
        return quota.Allowed ? null : Problem.RateLimited(quota.ResetSeconds);
    }

    /// <summary>
    /// Lets a holder's call through unless too many from its address had bad tokens, before storage is touched, and counts it if its own is bad.
    /// A call that shows no token at all isn't counted: it guesses nothing, and every visitor's first one is like that.
    /// </summary>
    /// <remarks>Counted after the fact, so calls already on their way may go past the limit by as many as there are of them.</remarks>
    public async Task<IResult> AgainstGuessingAsync(HttpRequest request, Func<Task<IResult>> handle)
    {
        if (_failedTokens.IsOff)
        {
            return await handle();
        }

        var address = addresses.Read(request);
        if (_failedTokens.Look(address) is { Allowed: false } used)
        {
            Tell(request, FailedTokens, _failedTokens, used);
            return Problem.RateLimited(used.ResetSeconds);
        }

        var answer = await handle();
        if (answer is Problem { Status: StatusCodes.Status401Unauthorized } && credentials.Read(request).Any)
        {
            Tell(request, FailedTokens, _failedTokens, _failedTokens.Take(address));
        }

        return answer;
    }

    private static void Tell(HttpRequest request, string policy, AddressLimiter limiter, Quota quota)
    {
        var headers = request.HttpContext.Response.Headers;
        headers["RateLimit-Policy"] = $"\"{policy}\";q={limiter.Permits};w={AddressLimiter.Window.TotalSeconds}";
        headers["RateLimit"] = $"\"{policy}\";r={quota.Remaining};t={quota.ResetSeconds}";
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SessionFunctions.Entry;

/// <summary>
/// How many sessions one client address may make in a minute, in this instance of the app: they fill the storage. The headers are those of
/// draft-ietf-httpapi-ratelimit-headers.
/// </summary>
internal sealed class RateLimits(ClientAddressReader addresses, IOptions<RateLimitOptions> options, TimeProvider time)
{
    private const string Policy = "creates";

    private readonly AddressLimiter _creates = new(options.Value.CreatesPerMinute, time);

    /// <summary>Counts a call that makes a session. The answer where there were too many.</summary>
    public Problem? Refuse(HttpRequest request)
    {
        if (_creates.IsOff || !addresses.IsOn)
        {
            return null;
        }

        var quota = _creates.Take(addresses.Read(request));
        var headers = request.HttpContext.Response.Headers;
        headers["RateLimit-Policy"] = $"\"{Policy}\";q={_creates.Permits};w={AddressLimiter.Window.TotalSeconds}";
        headers["RateLimit"] = $"\"{Policy}\";r={quota.Remaining};t={quota.ResetSeconds}";
        return quota.Allowed ? null : Problem.RateLimited(quota.ResetSeconds);
    }
}

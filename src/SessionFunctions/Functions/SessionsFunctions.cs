using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Guards;
using SessionFunctions.Http;
using Sessions;

namespace SessionFunctions.Functions;

/// <summary><c>/sessions</c>: where sessions are made.</summary>
public sealed class SessionsFunctions(
    Gate gate, SessionService sessions, SessionCookie cookie, CrossSiteRule crossSite, RateLimits limits, IOptions<SessionOptions> options)
{
    private const string CurrentSession = "/api/sessions/current";

    [Function("CreateSession")]
    public Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions")] HttpRequest request) =>
        gate.OpenAsync(request, async cancellation =>
        {
            if (limits.RefuseCreate(request) is { } limited)
            {
                return limited;
            }

            if (!(await RequestBody.ReadAsync(request, options.Value.MaxDataBytes)).Succeeded(out var body, out var refusal))
            {
                return Problem.Of(refusal);
            }

            if (!body.IsEmpty && RequestBody.MediaTypeOf(request) != "application/json")
            {
                return Problem.WrongMediaType("application/json");
            }

            if (!CreateRequest.Parse(body).Succeeded(out var wanted, out refusal)
                || (refusal = TransportRefusal(request, wanted.Transport)) is not null)
            {
                return Problem.Of(refusal);
            }

            if (wanted.Transport == Transport.Cookie && !crossSite.AllowsNewCookie(request))
            {
                return Problem.Forgery();
            }

            return (await sessions.CreateAsync(wanted.Session, cancellation)).Succeeded(out var issued, out refusal)
                ? cookie.Carry(request, issued, wanted.Transport, StatusCodes.Status201Created, CurrentSession)
                : Problem.Of(refusal);
        });

    private Refusal? TransportRefusal(HttpRequest request, Transport transport) =>
        transport == Transport.Bearer && request.Headers.Origin.Count > 0 && !options.Value.AllowBearerForBrowsers
            ? Refusal.NotAllowed("A browser gets its token as a cookie, out of reach for scripts. Sessions:AllowBearerForBrowsers would allow a bearer token.")
            : null;
}

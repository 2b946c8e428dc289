using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Create;

namespace SessionFunctions.Create;

/// <summary><c>/sessions</c>: where sessions are made.</summary>
public sealed class CreateFunction(
    EntryStep entry, SessionCreation factory, SessionCookie cookie, CrossSiteRule crossSite, RateLimits limits, IOptions<SessionOptions> options)
{
    private const string CurrentSession = "/api/sessions/current";

    [Function("CreateSession")]
    public Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions")] HttpRequest request) =>
        entry.OpenAsync(request, async cancellation =>
        {
            if (limits.RefuseCreate(request) is { } limited)
            {
                return limited;
            }

            byte[] fingerprint = [];
            var (wanted, problem) = await JsonRequest.ReadAsync(request, options.Value.MaxDataBytes, body =>
            {
                fingerprint = SHA256.HashData(body.Span);
                return CreateRequest.ParseHolders(body, AgentLabel.Of(request));
            });
            if (wanted is null)
            {
                return problem!;
            }

            if (TransportRefusal(request, wanted.Transport) is { } refusal
                || !IdempotencyHeader.Read(request).Succeeded(out var key, out refusal))
            {
                return Problem.Of(refusal);
            }

            if (wanted.Transport == Transport.Cookie && !crossSite.AllowsNewCookie(request))
            {
                return Problem.Forgery();
            }

            var created = key.Value is null
                ? factory.CreateAsync(wanted.Session, cancellation)
                : factory.CreateOnceAsync(wanted.Session, key.Value, fingerprint, cancellation);
            return (await created).Succeeded(out var issued, out refusal)
                ? cookie.Carry(request, issued, wanted.Transport, StatusCodes.Status201Created, CurrentSession)
                : Problem.Of(refusal);
        });

    private Refusal? TransportRefusal(HttpRequest request, Transport transport) =>
        transport == Transport.Bearer && request.Headers.Origin.Count > 0 && !options.Value.AllowBearerForBrowsers
            ? Refusal.NotAllowed("A browser gets its token as a cookie, out of reach for scripts. Sessions:AllowBearerForBrowsers would allow a bearer token.")
            : null;
}

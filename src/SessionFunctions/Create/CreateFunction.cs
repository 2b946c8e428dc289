using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Create;

namespace SessionFunctions.Create;

/// <summary><c>POST /sessions</c>: where anybody makes a session.</summary>
public sealed class CreateFunction(
    EntryStep entry,
    SessionCreation creation,
    SessionCookie cookie,
    CrossSiteRule crossSite,
    IOptions<CreateOptions> options,
    IOptions<SizeOptions> sizes)
{
    private const string CurrentSession = "/api/sessions/current";

    private static readonly Refusal NoBearerForBrowsers = Refusal.NotAllowed(
        "A browser gets its token as a cookie, out of reach for scripts. Sessions:AllowBearerForBrowsers would allow a bearer token.");

    private static readonly Refusal NoPersistentForHolders = Refusal.NotAllowed(
        "This service makes persistent sessions only by its backend, when somebody signs in. Ask for one without persistent.");

    [Function("CreateSession")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions")] HttpRequest request) =>
        entry.LimitedAsync(request, CreateAsync);

    private async Task<IResult> CreateAsync(OpenCall call)
    {
        var request = call.Request;
        var agent = AgentLabel.Of(request);
        if (!(await RequestBody.ReadJsonAsync(request, sizes.Value.MaxDataBytes, body => CreateRequest.ParseHolders(body, agent)))
            .Succeeded(out var wanted, out var problem))
        {
            return problem;
        }

        if (wanted.Transport == Transport.Bearer && request.Headers.Origin.Count > 0 && !options.Value.AllowBearerForBrowsers)
        {
            return Problem.Of(NoBearerForBrowsers);
        }

        if (wanted.Session.Persistent && !options.Value.AllowPersistent)
        {
            return Problem.Of(NoPersistentForHolders);
        }

        if (wanted.Transport == Transport.Cookie && !crossSite.AllowsNewCookie(request))
        {
            return Problem.Forgery();
        }

        Outcome<IssuedSession> created = await creation.CreateAsync(wanted.Session, call.Cancellation);
        return created.Succeeded(out var issued, out problem)
            ? cookie.Carry(request, issued, wanted.Transport, StatusCodes.Status201Created, CurrentSession)
            : problem;
    }
}

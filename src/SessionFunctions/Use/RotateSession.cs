using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Use;

namespace SessionFunctions.Use;

/// <summary><c>POST /sessions/current/rotate</c>: a new token for the same session.</summary>
public sealed class RotateSession(EntryStep entry, HolderSessions sessions, SessionCookie cookie)
{
    [Function("RotateSession")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions/current/rotate")] HttpRequest request) =>
        entry.HolderAsync(request, RotateAsync);

    private async Task<IResult> RotateAsync(HolderCall call)
    {
        Outcome<IssuedSession> rotated = await sessions.RotateAsync(call.Token, call.Cancellation);
        return rotated.Succeeded(out var issued, out var problem)
            ? cookie.Carry(call.Request, issued, call.Transport, StatusCodes.Status200OK)
            : problem;
    }
}

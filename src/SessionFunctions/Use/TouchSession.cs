using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Use;

namespace SessionFunctions.Use;

/// <summary><c>POST /sessions/current/touch</c>: keeps the session alive.</summary>
public sealed class TouchSession(EntryStep entry, HolderSessions sessions)
{
    [Function("TouchSession")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions/current/touch")] HttpRequest request) =>
        entry.HolderAsync(request, TouchAsync);

    private async Task<IResult> TouchAsync(HolderCall call)
    {
        Outcome<Session> touched = await sessions.TouchAsync(call.Token, call.Cancellation);
        return touched.Succeeded(out _, out var problem) ? NoAnswer.Done : problem;
    }
}

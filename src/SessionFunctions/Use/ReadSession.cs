using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Use;

namespace SessionFunctions.Use;

/// <summary><c>GET /sessions/current</c>: the session of whoever calls.</summary>
public sealed class ReadSession(EntryStep entry, HolderSessions sessions, SessionCookie cookie)
{
    [Function("ReadSession")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "sessions/current")] HttpRequest request) =>
        entry.HolderAsync(request, ReadAsync);

    private async Task<IResult> ReadAsync(HolderCall call)
    {
        if (!ReadQuery.Touch(call.Request).Succeeded(out var touch, out var problem)
            || !ReadQuery.Fields(call.Request).Succeeded(out var fields, out problem)
            || !(await ReadAsync(call, touch)).Succeeded(out var session, out problem))
        {
            return problem;
        }

        return EntityTag.IfNoneMatchNames(call.Request, session)
            ? new NotModified(session)
            : new SessionAnswer(session) { Fields = fields };
    }

    /// <summary>
    /// Only an answer with a cookie can hand over a new token that wasn't asked for: a browser takes it, a program might not look.
    /// </summary>
    private async Task<Outcome<Session>> ReadAsync(HolderCall call, bool touch)
    {
        if (call.Transport != Transport.Cookie)
        {
            return await sessions.ReadAsync(call.Token, touch, call.Cancellation);
        }

        Outcome<(Session Session, SessionToken? Rotated)> read = await sessions.ReadAndRotateAsync(call.Token, touch, call.Cancellation);
        if (!read.Succeeded(out var found, out var problem))
        {
            return problem;
        }

        if (found.Rotated is { } rotated)
        {
            cookie.Set(call.Request.HttpContext.Response, new IssuedSession(found.Session, rotated));
        }

        return found.Session;
    }
}

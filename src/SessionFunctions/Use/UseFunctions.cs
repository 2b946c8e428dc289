using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Data;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Create;
using Sessions.Use;

namespace SessionFunctions.Use;

/// <summary><c>/sessions/current</c>: the session of whoever calls.</summary>
public sealed class UseFunctions(EntryStep entry, HolderSessions sessions, SessionCookie cookie)
{
    [Function("ReadSession")]
    public Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "sessions/current")] HttpRequest request) =>
        entry.HolderAsync(request, async holder =>
        {
            if (!ReadQuery.Touch(request).Succeeded(out var slide, out var refusal)
                || !ReadQuery.Fields(request).Succeeded(out var fields, out refusal)
                || (refusal = DataAddress.Strayed(request)) is not null)
            {
                return Problem.Of(refusal);
            }

            // Only an answer with a cookie can hand over a new token that wasn't asked for: a browser takes it, a program might not look.
            var read = holder.Transport == Transport.Cookie
                ? await sessions.ReadAndRotateAsync(holder.Token, slide, holder.Cancellation)
                : (await sessions.ReadAsync(holder.Token, slide, holder.Cancellation)).Then<(Session, SessionToken?)>(known => (known, null));
            if (!read.Succeeded(out var found, out refusal))
            {
                return Problem.Of(refusal);
            }

            var (session, rotated) = found;
            if (rotated is not null)
            {
                cookie.Set(request.HttpContext.Response, new IssuedSession(session, rotated));
            }

            return EntityTag.IfNoneMatchNames(request, session.Version) ? new NotModified(session.Version) : new SessionAnswer(session) { Fields = fields };
        });

    [Function("EndSession")]
    public Task<IResult> EndAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "sessions/current")] HttpRequest request) =>
        entry.PerhapsHolderAsync(request, async (holder, cancellation) =>
        {
            if (DataAddress.Strayed(request) is { } refusal)
            {
                return Problem.Of(refusal);
            }

            if (holder is not null)
            {
                await sessions.EndAsync(holder.Token, cancellation);
            }

            cookie.Clear(request.HttpContext.Response);
            request.HttpContext.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
            return Results.NoContent();
        });

    [Function("TouchSession")]
    public Task<IResult> TouchAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions/current/touch")] HttpRequest request) =>
        entry.HolderAsync(request, async holder =>
            (await sessions.TouchAsync(holder.Token, holder.Cancellation)).Succeeded(out _, out var refusal)
                ? Results.NoContent()
                : Problem.Of(refusal));

    [Function("RotateSession")]
    public Task<IResult> RotateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions/current/rotate")] HttpRequest request) =>
        entry.HolderAsync(request, async holder =>
            (await sessions.RotateAsync(holder.Token, holder.Cancellation)).Succeeded(out var issued, out var refusal)
                ? cookie.Carry(request, issued, holder.Transport, StatusCodes.Status200OK)
                : Problem.Of(refusal));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using SessionFunctions.Operate;
using Sessions;
using Sessions.Operate;
using Sessions.SignIn;
using Sessions.Use;

namespace SessionFunctions.SignIn;

/// <summary>How the operator, who has checked a password or the like, has a session signed in.</summary>
public sealed class OperatorSignInFunctions(EntryStep entry, OperatorSessions manager, SessionSignIn signIn, HolderSessions sessions, IOptions<SessionOptions> options)
{
    private static readonly Refusal WrongToken = Refusal.NotAllowed("The token isn't this session's.");

    /// <summary>
    /// A ticket that the page redeems: a browser's cookie belongs to this API's host, so the backend can neither see nor replace it.
    /// </summary>
    [Function("ManageIssueTicket")]
    public Task<IResult> IssueTicketAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "manage/sessions/{sid}/ticket")] HttpRequest request, string sid) =>
        SignInAsync(request, sid, withToken: false, async (id, wanted, cancellation) =>
            (await manager.IssueTicketAsync(id, wanted.SignInAs, cancellation)).Succeeded(out var issued, out var refusal)
                ? new TicketAnswer(issued)
                : Problem.Of(refusal));

    /// <summary>The same in one step, for a backend that holds the token itself. Where it sends the token along, that is checked too.</summary>
    [Function("ManageSignIn")]
    public Task<IResult> SignInAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "manage/sessions/{sid}/user")] HttpRequest request, string sid) =>
        SignInAsync(request, sid, withToken: true, async (id, wanted, cancellation) =>
            (await signIn.SignInAsync(id, (session, now) => Admit(session, wanted, now), agent: null, cancellation)).Succeeded(out var issued, out var refusal)
                ? new SessionAnswer(issued.Session) { Token = issued.Token }
                : Problem.Of(refusal));

    /// <summary>Whether a token is good, and whose it is, in the spirit of RFC 7662.</summary>
    [Function("ManageIntrospect")]
    public Task<IResult> IntrospectAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "manage/introspect")] HttpRequest request) =>
        entry.OpenAsync(request, async cancellation =>
        {
            var (wanted, problem) = await JsonRequest.ReadAsync(request, options.Value.MaxClaimsBytes, IntrospectRequest.Parse);
            return wanted is null ? problem!
                : SessionToken.TryParse(wanted.Token, out var token)
                    && (await sessions.ReadAsync(token, wanted.Touch, cancellation)) is var read
                    && !(read.Refusal is { Kind: not RefusalKind.NotAuthenticated } failed)
                    && read.Succeeded(out var session, out _)
                        ? new IntrospectionAnswer(session)
                        : new IntrospectionAnswer(null);
        });

    private Task<IResult> SignInAsync(
        HttpRequest request, string sid, bool withToken, Func<SessionId, OperatorSignInRequest, CancellationToken, Task<IResult>> handle) =>
        entry.OpenAsync(request, async cancellation =>
        {
            var (wanted, problem) = await JsonRequest.ReadAsync(request, options.Value.MaxClaimsBytes, body => OperatorSignInRequest.Parse(body, withToken));
            return wanted is null ? problem!
                : SessionId.TryParse(sid, out var id) ? await handle(id, wanted, cancellation)
                : Problem.Of(OperatorSessions.Unknown);
        });

    private static Result<SignInAs> Admit(Session? session, OperatorSignInRequest wanted, DateTimeOffset now) =>
        session is null ? OperatorSessions.Unknown
        : wanted.Token is not null && !Opens(session, wanted.Token, now) ? WrongToken
        : wanted.SignInAs;

    private static bool Opens(Session session, string text, DateTimeOffset now) =>
        SessionToken.TryParse(text, out var token)
        && token.Id == session.Id
        && session.Secrets.Admit(token.Hash, now);
}

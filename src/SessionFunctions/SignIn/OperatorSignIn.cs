using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using Sessions;
using Sessions.SignIn;

namespace SessionFunctions.SignIn;

/// <summary>How the operator, who has checked a password or the like, has a session signed in.</summary>
public sealed class OperatorSignIn(EntryStep entry, Tickets tickets, SessionSignIn signIn, IOptions<SizeOptions> sizes)
{
    /// <summary>
    /// A ticket that the page redeems: a browser's cookie belongs to this API's host, so the backend can neither see nor replace it.
    /// </summary>
    [Function("IssueTicket")]
    public Task<IResult> Ticket(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "manage/sessions/{sid}/ticket")] HttpRequest request, string sid) =>
        entry.OpenAsync(request, sid, IssueTicketAsync);

    /// <summary>
    /// The same in one step, for a backend that holds the token itself. Where it sends the token along, that is checked too.
    /// </summary>
    [Function("OperatorSignIn")]
    public Task<IResult> OneStep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "manage/sessions/{sid}/sign-in")] HttpRequest request, string sid) =>
        entry.OpenAsync(request, sid, SignInAsync);

    private async Task<IResult> IssueTicketAsync(OpenCall call, string sid)
    {
        if (!(await RequestBody.ReadJsonAsync(call.Request, sizes.Value.MaxClaimsBytes, OperatorSignInRequest.ParseTicket))
                .Succeeded(out var wanted, out var problem)
            || !SessionInPath.Find(sid).Succeeded(out var id, out problem))
        {
            return problem;
        }

        Outcome<IssuedTicket> issued = await tickets.IssueAsync(id, wanted.SignInAs, call.Cancellation);
        return issued.Succeeded(out var ticket, out problem)
            ? new JsonAnswer<TicketDocument>(new(ticket.Code, ticket.Ticket.Expires.UtcDateTime), SignInJson.Answers.TicketDocument)
            {
                Status = StatusCodes.Status201Created,
            }
            : problem;
    }

    private async Task<IResult> SignInAsync(OpenCall call, string sid)
    {
        if (!(await RequestBody.ReadJsonAsync(call.Request, sizes.Value.MaxClaimsBytes, OperatorSignInRequest.ParseOneStep))
                .Succeeded(out var wanted, out var problem)
            || !SessionInPath.Find(sid).Succeeded(out var id, out problem))
        {
            return problem;
        }

        var right = SignInRights.ByOperator(id, wanted.SignInAs, wanted.Token);
        Outcome<IssuedSession> signedIn = await signIn.SignInAsync(id, right, agent: null, call.Cancellation);
        return signedIn.Succeeded(out var issued, out problem) ? new SessionAnswer(issued.Session) { Token = issued.Token } : problem;
    }
}

internal sealed record TicketDocument(string Ticket, DateTime ExpiresAt);

[JsonSerializable(typeof(TicketDocument))]
internal sealed partial class SignInJson : JsonSerializerContext
{
    public static readonly SignInJson Answers = new(JsonAnswer.Options);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Http;
using Sessions;

namespace SessionFunctions.Functions;

/// <summary><c>/sessions/current/principal</c> and <c>…/siblings</c>: the user behind the session, as the holder sees it.</summary>
public sealed class PrincipalFunctions(Gate gate, SessionService sessions, SignIn signIn, SessionCookie cookie, IOptions<SessionOptions> options)
{
    /// <summary>Signs in with a ticket from the operator: the session goes on under a new id, with a new token.</summary>
    [Function("SignIn")]
    public Task<IResult> SignInAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sessions/current/principal")] HttpRequest request) =>
        gate.HolderAsync(request, async holder =>
        {
            var (wanted, problem) = await JsonRequest.ReadAsync(request, options.Value.MaxClaimsBytes, SignInRequest.Parse);
            if (wanted is null)
            {
                return problem!;
            }

            var bound = await signIn.BindAsync(
                holder.Token.Id, (session, now) => TicketRule.Admit(session, holder.Token, wanted.Ticket, now), AgentLabel.Of(request), holder.Cancellation);
            return bound.Succeeded(out var issued, out var refusal)
                ? cookie.Carry(request, issued, holder.Transport, StatusCodes.Status200OK)
                : Problem.Of(refusal);
        });

    [Function("ListSiblings")]
    public Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "sessions/current/siblings")] HttpRequest request) =>
        gate.HolderAsync(request, async holder =>
            (await sessions.SiblingsAsync(holder.Token, holder.Cancellation)).Succeeded(out var entries, out var refusal)
                ? new ListAnswer(entries)
                : Problem.Of(refusal));

    [Function("EndSiblings")]
    public Task<IResult> EndAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "sessions/current/siblings")] HttpRequest request) =>
        gate.HolderAsync(request, async holder =>
            (await sessions.EndSiblingsAsync(holder.Token, holder.Cancellation)).Succeeded(out _, out var refusal)
                ? Results.NoContent()
                : Problem.Of(refusal));

    /// <summary><c>{ticket}</c>.</summary>
    private sealed record SignInRequest(SecretHash Ticket)
    {
        public static Result<SignInRequest> Parse(ReadOnlyMemory<byte> body) => BodyFields.Parse(body, "ticket").Then<SignInRequest>(fields =>
        {
            using (fields)
            {
                var ticket = fields.Required("ticket", fields.Text("ticket"));
                return fields.Refusal ?? (TicketCode.TryParse(ticket, out var hash) ? new SignInRequest(hash) : (Result<SignInRequest>)TicketRule.WrongTicket);
            }
        });
    }
}

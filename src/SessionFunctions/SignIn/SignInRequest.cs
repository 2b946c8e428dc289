using SessionFunctions.Entry;
using Sessions;
using Sessions.SignIn;

namespace SessionFunctions.SignIn;

/// <summary>The body of a sign-in: <c>{ticket}</c>, or <c>{idToken, nonce?}</c>.</summary>
internal sealed record SignInRequest(SecretHash? Ticket, string? IdToken, string? Nonce)
{
    private static readonly Refusal OneOrTheOther = Refusal.NotAllowed("The body must have a ticket or an idToken, and not both. A nonce goes with an idToken.");

    public static Result<SignInRequest> Parse(ReadOnlyMemory<byte> body) => BodyFields.Parse(body, "ticket", "idToken", "nonce").Then(fields =>
    {
        using (fields)
        {
            var (ticket, idToken, nonce) = (fields.Text("ticket"), fields.Text("idToken"), fields.Text("nonce"));
            return fields.Refusal is { } refusal ? refusal
                : (ticket is null) == (idToken is null) || (ticket is not null && nonce is not null) ? OneOrTheOther
                : ticket is null ? new SignInRequest(null, idToken, nonce)
                : TicketCode.TryParse(ticket, out var hash) ? new SignInRequest(hash, null, null)
                : (Result<SignInRequest>)SignInRights.WrongTicket;
        }
    });
}

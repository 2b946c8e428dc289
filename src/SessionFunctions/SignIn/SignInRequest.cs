using SessionFunctions.Entry;
using Sessions;
using Sessions.SignIn;

namespace SessionFunctions.SignIn;

/// <summary>The body of a sign-in: <c>{ticket}</c>, or <c>{idToken, nonce?}</c>.</summary>
internal sealed record SignInRequest(SecretHash? Ticket, string? IdToken, string? Nonce)
{
    private static readonly string[] Known = ["ticket", "idToken", "nonce"];

    private static readonly Refusal OneOrTheOther = Refusal.NotAllowed("The body must have a ticket or an idToken, and not both. A nonce goes with an idToken.");

    public static Result<SignInRequest> Parse(ReadOnlyMemory<byte> body) => BodyFields.Read(body, Known, fields =>
    {
        var (ticket, idToken, nonce) = (fields.Text("ticket"), fields.Text("idToken"), fields.Text("nonce"));
        if ((ticket is null) == (idToken is null) || (ticket is not null && nonce is not null))
        {
            fields.Refuse(OneOrTheOther);
        }

        if (!TicketCode.TryParse(ticket, out var hash) && ticket is not null)
        {
            fields.Refuse(SignInRights.WrongTicket);
        }

        return new SignInRequest(hash, idToken, nonce);
    });
}

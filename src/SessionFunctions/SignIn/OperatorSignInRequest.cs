using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.SignIn;

/// <summary>
/// The body of the operator's calls that sign a user in: <c>{user, claims?, persistent?}</c>, and the token where the call takes it.
/// </summary>
internal sealed record OperatorSignInRequest(SignInAs SignInAs, string? Token)
{
    private static readonly string[] TicketFields = ["user", "claims", "persistent"];
    private static readonly string[] OneStepFields = [.. TicketFields, "token"];

    public static Result<OperatorSignInRequest> ParseTicket(ReadOnlyMemory<byte> body) => BodyFields.Read(body, TicketFields, Take);

    public static Result<OperatorSignInRequest> ParseOneStep(ReadOnlyMemory<byte> body) => BodyFields.Read(body, OneStepFields, Take);

    private static OperatorSignInRequest Take(BodyFields fields)
    {
        var user = fields.Required("user", fields.User("user"));
        var signInAs = new SignInAs(user)
        {
            Claims = fields.Object("claims") ?? SessionData.Empty,
            Persistent = fields.Flag("persistent"),
        };
        return new OperatorSignInRequest(signInAs, fields.Text("token"));
    }
}

using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.SignIn;

/// <summary>The body of the operator's calls that bind a session to a user: <c>{user, claims?, persistent?}</c>, and the token where the call takes it.</summary>
internal sealed record OperatorSignInRequest(SignInAs SignInAs, string? Token)
{
    private static readonly string[] Fields = ["user", "claims", "persistent"];

    public static Result<OperatorSignInRequest> Parse(ReadOnlyMemory<byte> body, bool withToken)
    {
        string[] known = withToken ? [.. Fields, "token"] : Fields;
        return BodyFields.Parse(body, known).Then<OperatorSignInRequest>(fields =>
        {
            using (fields)
            {
                var user = fields.Required("user", fields.User("user"));
                var claims = fields.Object("claims") ?? SessionData.Empty;
                var persistent = fields.Flag("persistent");
                var token = withToken ? fields.Text("token") : null;
                return fields.Refusal is { } refusal
                    ? refusal
                    : new OperatorSignInRequest(new SignInAs(user) { Claims = claims, Persistent = persistent }, token);
            }
        });
    }
}

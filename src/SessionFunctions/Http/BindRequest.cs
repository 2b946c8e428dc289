using Sessions;

namespace SessionFunctions.Http;

/// <summary>The body of the operator's calls that bind a session to a user: <c>{principal, claims?, persistent?}</c>, and the token where the call takes it.</summary>
internal sealed record BindRequest(Binding Binding, string? Token)
{
    private static readonly string[] Fields = ["principal", "claims", "persistent"];

    public static Result<BindRequest> Parse(ReadOnlyMemory<byte> body, bool withToken)
    {
        string[] known = withToken ? [.. Fields, "token"] : Fields;
        return BodyFields.Parse(body, known).Then<BindRequest>(fields =>
        {
            using (fields)
            {
                var principal = fields.Required("principal", fields.Principal("principal"));
                var claims = fields.Object("claims") ?? SessionData.Empty;
                var persistent = fields.Flag("persistent");
                var token = withToken ? fields.Text("token") : null;
                return fields.Refusal is { } refusal
                    ? refusal
                    : new BindRequest(new Binding(principal) { Claims = claims, Persistent = persistent }, token);
            }
        });
    }
}

using SessionFunctions.Entry;
using Sessions;
using Sessions.Create;

namespace SessionFunctions.Create;

/// <summary>The body of a create call.</summary>
internal sealed record CreateRequest(NewSession Session, Transport Transport)
{
    private static readonly string[] HoldersFields = ["data", "persistent", "idleTimeout", "lifetime", "transport"];
    private static readonly string[] OperatorsFields = ["user", "claims", "data", "persistent", "idleTimeout", "lifetime"];

    public static Result<CreateRequest> ParseHolders(ReadOnlyMemory<byte> body, string? agent) =>
        BodyFields.Parse(body, HoldersFields).Then(fields => From(fields, agent, Transport.Cookie));

    /// <summary>A backend has no cookie jar: it always gets the token.</summary>
    public static Result<CreateRequest> ParseOperators(ReadOnlyMemory<byte> body) =>
        BodyFields.Parse(body, OperatorsFields).Then(fields => From(fields, agent: null, Transport.Bearer));

    private static Result<CreateRequest> From(BodyFields fields, string? agent, Transport byDefault)
    {
        using (fields)
        {
            var session = new NewSession
            {
                Data = fields.Object("data") ?? SessionData.Empty,
                Claims = fields.Object("claims") ?? SessionData.Empty,
                User = fields.User("user"),
                Persistent = fields.Flag("persistent") ?? false,
                IdleTimeout = fields.Seconds("idleTimeout"),
                Lifetime = fields.Seconds("lifetime"),
                Agent = agent,
            };
            var transport = fields.OneOf("transport", "cookie", "bearer") switch
            {
                "cookie" => Transport.Cookie,
                "bearer" => Transport.Bearer,
                _ => byDefault,
            };
            return fields.Refusal is { } refusal ? refusal : new CreateRequest(session, transport);
        }
    }
}

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
        BodyFields.Read(body, HoldersFields, fields => Take(fields, agent, Transport.Cookie));

    /// <summary>A backend has no cookie jar: it always gets the token.</summary>
    public static Result<CreateRequest> ParseOperators(ReadOnlyMemory<byte> body) =>
        BodyFields.Read(body, OperatorsFields, fields => Take(fields, agent: null, Transport.Bearer));

    private static CreateRequest Take(BodyFields fields, string? agent, Transport byDefault)
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
        return new CreateRequest(session, transport);
    }
}

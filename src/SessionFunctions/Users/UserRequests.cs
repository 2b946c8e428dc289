using SessionFunctions.Entry;
using Sessions;
using Sessions.Users;

namespace SessionFunctions.Users;

/// <summary>The body of a call for a user's sessions: <c>{user, include?: ["data"], continuation?}</c>.</summary>
internal sealed record ListUserRequest(User User, bool WithData, ListPosition? After)
{
    private const string Data = "data";

    private static readonly string[] Known = ["user", "include", Continuation.Name];

    public static Result<ListUserRequest> Parse(ReadOnlyMemory<byte> body) => BodyFields.Read(body, Known, fields =>
    {
        var user = fields.Required("user", fields.User("user"));
        var withData = fields.Several("include", Data).Contains(Data);
        var continuation = fields.Text(Continuation.Name);
        if (!ListPosition.TryParse(continuation, out var after) && continuation is not null)
        {
            fields.Refuse(Continuation.Malformed);
        }

        return new ListUserRequest(user, withData, continuation is null ? null : after);
    });
}

/// <summary>The body of a call that ends a user's sessions: <c>{user, except?}</c>.</summary>
internal sealed record EndUserRequest(User User, SessionId? Except)
{
    private static readonly string[] Known = ["user", "except"];

    private static readonly Refusal NoId = Refusal.NotAllowed("except must be a session id.");

    public static Result<EndUserRequest> Parse(ReadOnlyMemory<byte> body) => BodyFields.Read(body, Known, fields =>
    {
        var user = fields.Required("user", fields.User("user"));
        var except = fields.Text("except");
        if (!SessionId.TryParse(except, out var id) && except is not null)
        {
            fields.Refuse(NoId);
        }

        return new EndUserRequest(user, except is null ? null : id);
    });
}

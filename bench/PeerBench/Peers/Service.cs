using PeerBench.Load;
using PeerBench.Servers;

namespace PeerBench.Peers;

/// <summary>This service, called with a bearer token.</summary>
internal sealed class Service(Server server, string functionKey) : Peer(server)
{
    public override IReadOnlyList<Operation> Operations { get; } = [Operation.Read, Operation.Change, Operation.SignIn, Operation.Create];

    public override Caller NewCaller(Operation operation, int number) => operation switch
    {
        Operation.Read => new Repeats(Caller.Request("GET", "/api/sessions/current", body: null, Bearer(Token()))),
        Operation.Change => Changes(),
        Operation.SignIn => new Follows(
            SidOf(Token()),
            sid => Caller.Request(
                "POST",
                $"/api/manage/sessions/{sid}/sign-in",
                $$"""{"user":"user-{{number}}"}""",
                $"x-functions-key: {functionKey}"),
            reply => JsonText(reply, "sid")),
        Operation.Create => new Repeats(Creation),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    public string Token() => Ask(Creation, reply => JsonText(reply, "token"));

    /// <summary>A token for other services, and the keys to check it by.</summary>
    public string Jwt() =>
        Ask(Caller.Request("POST", "/api/sessions/current/jwt", body: null, Bearer(Token())), reply => JsonText(reply, "token"));

    public string Keys() => Ask(Caller.Request("GET", "/api/.well-known/jwks.json"), reply => reply.Body.ToArray());

    public static string SidOf(string token) => token[..token.IndexOf('.', StringComparison.Ordinal)];

    private static byte[] Creation => Caller.Request("POST", "/api/sessions", $$"""{"transport":"bearer","data":{{Data}}}""");

    private static string Bearer(string token) => $"Authorization: Bearer {token}";

    private Counts Changes()
    {
        var token = Token();
        return new Counts(count => Caller.Request("PATCH", "/api/sessions/current/data", $$"""{"change":{{count}}}""", Bearer(token)));
    }
}

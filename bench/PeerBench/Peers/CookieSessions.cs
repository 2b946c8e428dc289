using System.Text;
using PeerBench.Load;
using PeerBench.Servers;

namespace PeerBench.Peers;

/// <summary>A web app with its framework's own sessions, called with that framework's cookie.</summary>
internal sealed class CookieSessions(Server server, IReadOnlyList<Operation> operations) : Peer(server)
{
    private static readonly byte[] Creation = Caller.Request("POST", "/session", Data);

    public override IReadOnlyList<Operation> Operations => operations;

    public override bool IsCompetitor => true;

    public override Caller NewCaller(Operation operation, int number)
    {
        if (operation == Operation.Create)
        {
            return new Repeats(Creation);
        }

        var cookie = Ask(Creation, Cookie);
        return operation switch
        {
            Operation.Read => new Repeats(Get("/session", cookie)),
            Operation.BlockingRead => new Repeats(Get("/session-blocking", cookie)),
            Operation.Change => new Counts(count => Caller.Request("PATCH", "/session", $$"""{"change":{{count}}}""", $"Cookie: {cookie}")),
            Operation.SignIn => new Follows(
                cookie,
                current => Caller.Request("POST", "/sign-in", $$"""{"user":"user-{{number}}"}""", $"Cookie: {current}"),
                Cookie),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
    }

    private static byte[] Get(string path, string cookie) => Caller.Request("GET", path, body: null, $"Cookie: {cookie}");
}

/// <summary>An endpoint without a session.</summary>
internal sealed class Plain(Server server, Operation operation, string expected, Func<byte[]> request) : Peer(server)
{
    public override byte[] Expected { get; } = Encoding.UTF8.GetBytes(expected);

    public override IReadOnlyList<Operation> Operations { get; } = [operation];

    public override Caller NewCaller(Operation operation, int number) => new Repeats(request());
}

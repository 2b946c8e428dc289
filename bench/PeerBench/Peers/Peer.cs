using System.Text;
using BenchKit;
using PeerBench.Load;
using PeerBench.Servers;

namespace PeerBench.Peers;

internal enum Operation
{
    Read,

    /// <summary>A read as it is most often written with ASP.NET Core's session: the thread waits for the cache.</summary>
    BlockingRead,
    Change,
    Create,
    SignIn,
    JwtCheck,
}

/// <summary>A server that is measured, and how each operation is asked of it.</summary>
internal abstract class Peer(Server server)
{
    /// <summary>What every peer keeps in a session: a small cart and a preference.</summary>
    protected const string Data =
        """{"cart":[{"sku":"tea-earl-grey-100","name":"Earl Grey, 100 g","price":7.9,"count":2},"""
        + """{"sku":"honey-500","name":"Honey, 500 g","price":11.5,"count":1}],"theme":"dark","language":"en-GB","visits":3}""";

    public Server Server => server;

    public string Name => server.Name;

    public abstract IReadOnlyList<Operation> Operations { get; }

    /// <summary>What must stand in an answer's body.</summary>
    public virtual byte[] Expected { get; } = "honey-500"u8.ToArray();

    /// <summary>Whether the table has a place for its failing.</summary>
    public virtual bool IsCompetitor => false;

    /// <summary>A caller with a session of its own.</summary>
    public abstract Caller NewCaller(Operation operation, int number);

    /// <exception cref="BenchException">The answer isn't 2xx, or doesn't hold what it should.</exception>
    protected string Ask(byte[] request, Func<Reply, byte[]?> take)
    {
        using var connection = new HttpConnection(server.Port, TimeSpan.FromSeconds(30));
        var reply = connection.Send(request);
        if (!reply.IsGood)
        {
            throw new BenchException($"{Name} answered {reply.Status} instead of 2xx: {Encoding.UTF8.GetString(reply.Body.Span)}");
        }

        return take(reply) is { } taken
            ? Encoding.UTF8.GetString(taken)
            : throw new BenchException($"{Name} gave an answer without what was expected: {Encoding.UTF8.GetString(reply.Body.Span)}");
    }

    protected static byte[]? JsonText(Reply reply, string member) =>
        Reply.Between(reply.Body, Encoding.UTF8.GetBytes($"\"{member}\":\""), "\""u8);

    protected static byte[]? Cookie(Reply reply) => Reply.Between(reply.Head, "\r\nSet-Cookie: "u8, ";"u8);
}

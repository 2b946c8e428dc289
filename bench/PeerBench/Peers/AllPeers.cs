using System.Globalization;
using System.Security.Cryptography;
using BenchKit;
using PeerBench.Load;
using PeerBench.Servers;

namespace PeerBench.Peers;

/// <summary>Starts every server there is to measure, with the storage that some need, and ends them all.</summary>
internal sealed class AllPeers : IDisposable
{
    public const string Empty = "an empty endpoint";
    public const string PointRead = "a bare point read on Azurite";
    public const string InMemory = "this service in memory";
    public const string OnAzurite = "this service on Azurite";
    public const string AspNetInMemory = "ASP.NET Core's session in memory";
    public const string AspNetOnRedis = "ASP.NET Core's session on Redis";
    public const string ExpressInMemory = "express-session in memory";
    public const string ExpressOnRedis = "express-session on Redis";
    public const string JwtCheck = "a check of this service's JWT";

    private const string Table = "benchsessions";
    private const string Issuer = "bench";
    private const string FunctionKey = "of-the-benchmark-only";

    // The emulator's account, the same on every machine.
    private const string Account = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Operation[] SessionOperations = [Operation.Read, Operation.Change, Operation.Create];

    private readonly List<Server> _servers = [];
    private readonly BenchPaths _paths;
    private readonly int _port;

    private AllPeers(BenchPaths paths, int port) => (_paths, _port) = (paths, port);

    public List<Peer> Peers { get; } = [];

    /// <exception cref="BenchException">One of them can't be started.</exception>
    public static AllPeers Start(BenchPaths paths, BenchOptions options, CancellationToken cancellation)
    {
        var all = new AllPeers(paths, options.Port);
        try
        {
            all.Start(options.Quick, cancellation);
            return all;
        }
        catch
        {
            all.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var server in Enumerable.Reverse(_servers))
        {
            server.Dispose();
        }
    }

    private string Storage => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};TableEndpoint=http://127.0.0.1:{_port}/{Account};");

    private string Redis => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port + 1}");

    private void Start(bool quick, CancellationToken cancellation)
    {
        string[] azurite = [_paths.Azurite, "--tablePort", Text(_port), "--silent", "--disableTelemetry", "--inMemoryPersistence"];
        Start(Other("Azurite", _port, "node", azurite));
        Peers.Add(new Plain(App(Empty, 10, "empty"), Operation.Read, "{}", () => Caller.Request("GET", "/session")));
        var inMemory = NewService(InMemory, 11, "memory");
        var onAzurite = NewService(OnAzurite, 12, "tables");
        var row = Service.SidOf(onAzurite.Token());
        var pointRead = App(PointRead, 13, "point-read", "--storage", Storage, "--table", Table);
        Peers.Add(new Plain(pointRead, Operation.Read, "honey-500", () => Caller.Request("GET", $"/rows/{row[..2]}/s:{row}")));
        Peers.Add(new CookieSessions(App(AspNetInMemory, 14, "session-memory"), SessionOperations));
        if (quick)
        {
            return;
        }

        string[] redis = ["--port", Text(_port + 1), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        Start(Other("Redis", _port + 1, "redis-server", redis));
        var aspNetOnRedis = App(AspNetOnRedis, 15, "session-redis", "--redis", Redis);
        Peers.Add(new CookieSessions(aspNetOnRedis, [.. SessionOperations, Operation.BlockingRead]));
        Operation[] withSignIn = [.. SessionOperations, Operation.SignIn];
        Peers.Add(new CookieSessions(Express(ExpressInMemory, 16), withSignIn));
        Peers.Add(new CookieSessions(Express(ExpressOnRedis, 17, $"redis://{Redis}"), withSignIn));
        var jwt = App(JwtCheck, 18, "jwt", "--issuer", Issuer, "--audience", Issuer, "--keys", inMemory.Keys());
        Peers.Add(new Plain(jwt, Operation.JwtCheck, "{}", () =>
            Caller.Request("GET", "/session", body: null, $"Authorization: Bearer {inMemory.Jwt()}")));

        ServerProgram Other(string name, int port, string file, string[] arguments) => new(name, port, CoreChoice.Others, file, arguments);

        Server Start(ServerProgram program)
        {
            var server = Server.Start(program, cancellation);
            _servers.Add(server);
            return server;
        }

        Server App(string name, int offset, params string[] arguments) => Start(
            new(name, _port + offset, CoreChoice.First, "dotnet", [_paths.PeerApps, .. arguments, "--urls", UrlOf(_port + offset)])
            {
                Gauge = _paths.Gauge,
            });

        Server Express(string name, int offset, params string[] redis) => Start(
            new(name, _port + offset, CoreChoice.First, "node", [_paths.Express, Text(_port + offset), .. redis])
            {
                Environment = new Dictionary<string, string> { ["NODE_ENV"] = "production" },
            });

        Service NewService(string name, int offset, string provider)
        {
            var server = Start(
                new(name, _port + offset, CoreChoice.First, "dotnet", [_paths.SelfHost, "--urls", UrlOf(_port + offset)])
                {
                    Gauge = _paths.Gauge,
                    Folder = Path.GetDirectoryName(_paths.SelfHost)!,
                    Environment = new Dictionary<string, string>
                    {
                        ["Sessions__Storage__Provider"] = provider,
                        ["Sessions__Storage__ConnectionString"] = Storage,
                        ["Sessions__Storage__Table"] = Table,
                        ["Sessions__RateLimit__CreatesPerMinute"] = "0",
                        ["Sessions__Jwt__SigningKeys"] = $"a:{SigningKey()}",
                        ["Sessions__Jwt__Lifetime"] = "00:15:00",
                        ["Sessions__Jwt__Issuer"] = Issuer,
                        ["Sessions__Jwt__Audience"] = Issuer,
                        ["SelfHost__FunctionKey"] = FunctionKey,
                        ["SelfHost__Timers"] = "false", // a cleanup in mid-round would be measured with whoever is on
                    },
                });
            var service = new Service(server, FunctionKey);
            Peers.Add(service);
            return service;
        }
    }

    private static string SigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    private static string UrlOf(int port) => $"http://127.0.0.1:{Text(port)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using PeerApps;

// One program, so that all peers on ASP.NET Core have the same server under them: PeerApps NAME --urls URL
if (args[0] == "template")
{
    await Template.Build(args[1..]).RunAsync(); // with a builder of its own
    return;
}

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var app = args[0] switch
{
    "empty" => Empty.Build(builder),
    "point-read" => PointRead.Build(builder),
    "session-memory" => SessionMiddleware.Build(builder, redis: null),
    "session-redis" => SessionMiddleware.Build(builder, Setting("redis")),
    "jwt" => JwtCheck.Build(builder),
    _ => throw new ArgumentException($"There is no peer {args[0]}.", nameof(args)),
};
await app.RunAsync();

string Setting(string name) => builder.Configuration[name] ?? throw new ArgumentException($"--{name} is missing.", nameof(args));

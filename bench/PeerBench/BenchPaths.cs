using BenchKit;

namespace PeerBench;

/// <summary>Where the programs are, from the root of the repository.</summary>
internal sealed record BenchPaths(string Root)
{
    private const string Publishes = "run bench/peers, which publishes it";

    public string PeerApps => Existing("artifacts/bench/peers/PeerApps.dll", Publishes);

    public string SelfHost => Existing("artifacts/bench/selfhost/SessionFunctions.SelfHost.dll", Publishes);

    public string Gauge => Existing("bench/Gauge/bin/Release/net10.0/Gauge.dll", "run: dotnet build bench/Gauge -c Release");

    public string Express => Existing("bench/express/server.mjs", "clone again");

    public string Azurite => Existing("node_modules/azurite/dist/src/table/main.js", "run: npm ci");

    private string Existing(string path, string otherwise)
    {
        var full = Path.GetFullPath(path, Root);
        return File.Exists(full) ? full : throw new BenchException($"{path} is missing; {otherwise}");
    }
}

using PeerBench.Servers;

namespace PeerBench;

/// <summary>Where the programs are, from the root of the repository.</summary>
internal sealed record BenchPaths(string Root)
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    public string PeerApps => Built("bench/PeerApps", "PeerApps");

    public string Gauge => Built("bench/Gauge", "Gauge");

    public string SelfHost => Built("src/SessionFunctions.SelfHost", "SessionFunctions.SelfHost");

    public string Express => Existing("bench/express/server.mjs", "clone again");

    public string Azurite => Existing("node_modules/azurite/dist/src/table/main.js", "run: npm ci");

    public string Page => Existing("docs/benchmarks.md", "clone again");

    private string Built(string project, string assembly) =>
        Existing($"{project}/bin/{Configuration}/net10.0/{assembly}.dll", $"run: dotnet build {project} -c {Configuration}");

    private string Existing(string path, string otherwise)
    {
        var full = Path.GetFullPath(path, Root);
        return File.Exists(full) ? full : throw new BenchException($"{path} is missing; {otherwise}");
    }
}

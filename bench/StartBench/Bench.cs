using BenchKit;

namespace StartBench;

/// <summary>Everything that is measured, in the order of the tables.</summary>
internal sealed record Bench(IReadOnlyList<Subject> Servers, IReadOnlyList<Subject> Workers)
{
    public static Bench Of(string root, StartOptions options, FakeHost host)
    {
        const string Alive = "GET /api/health/live";
        const string Create = "POST /api/sessions";
        var peers = Existing("artifacts/start/peers/PeerApps.dll");
        var (service, slower) = (Published("selfhost"), Published("selfhost-plain"));
        var template = new Server("an empty app, as `dotnet new web` makes it", peers, options.Port, Server.Request("GET /"), "template");
        var app = new Worker("compiled beforehand", FunctionApp("app"), host);
        return new(
            [
                template,
                new Server("an empty app on the slim builder", peers, options.Port, Server.Request("GET /session"), "empty")
                {
                    Beside = template,
                },
                SelfHost("SelfHost", service, Alive),
                SelfHost("SelfHost, not compiled beforehand", slower, Alive),
                SelfHost("SelfHost, first session created", service, Create),
                SelfHost("SelfHost, first session created, not compiled beforehand", slower, Create),
                .. options.Variables.Select(one => SelfHost($"SelfHost with {one.Key}={one.Value}", service, Alive, one)),
            ],
            [
                app,
                new Worker("not compiled beforehand", FunctionApp("app-plain"), host) { Beside = app },
                .. options.Variables.Select(one => new Worker($"with {one.Key}={one.Value}", FunctionApp("app"), host)
                {
                    Beside = app,
                    Variables = [one],
                }),
            ]);

        Server SelfHost(string name, string assembly, string line, params KeyValuePair<string, string>[] variables) =>
            new(name, assembly, options.Port, Server.Request(line, line == Create ? """{"transport":"bearer"}""" : ""))
            {
                Beside = template,
                Variables = variables,
            };

        string Published(string folder) => Existing($"artifacts/start/{folder}/SessionFunctions.SelfHost.dll");

        string FunctionApp(string folder) => Existing($"artifacts/start/{folder}/SessionFunctions.dll");

        string Existing(string path) => Path.Combine(root, path) is var full && File.Exists(full)
            ? full
            : throw new BenchException($"{path} is missing: run bench/start, which makes it");
    }

    /// <summary>By turns; the round before the first fills the page cache.</summary>
    public void Run(int rounds, CancellationToken cancellation)
    {
        for (var round = 0; round <= rounds; round++)
        {
            Console.Error.WriteLine(round == 0 ? "start: warming up" : FormattableString.Invariant($"start: round {round} of {rounds}"));
            foreach (var subject in Servers.Concat(Workers))
            {
                var sample = subject.Measure(cancellation);
                if (round > 0)
                {
                    subject.Samples.Add(sample);
                }
            }
        }
    }
}

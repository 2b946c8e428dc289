using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BenchKit;

namespace StartBench;

/// <summary>A program whose start is measured, in the folder that it was published to.</summary>
internal abstract class Subject(string name, string assembly)
{
    public string Name => name;

    /// <summary>One for each round.</summary>
    public List<Sample> Samples { get; } = [];

    /// <summary>What the same rounds of another are to these.</summary>
    public Subject? Beside { get; init; }

    /// <summary>What is tried with it, of the environment.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>What it doesn't start without.</summary>
    protected abstract KeyValuePair<string, string> Needed { get; }

    /// <summary>In a sentence.</summary>
    protected virtual string Called => name;

    public double Time => Samples.Select(one => one.Time).Median();

    /// <summary>The mean: the system counts it in hundredths of a second.</summary>
    public double Processor => Samples.Average(one => one.Processor);

    /// <summary>The median of the rounds' own ratios: what the machine did besides met both sides of one.</summary>
    public double TimeRatio => Samples.Zip((Beside ?? this).Samples, (one, other) => one.Time / other.Time).Median();

    public double ProcessorRatio => Processor / (Beside ?? this).Processor;

    /// <summary>Megabytes of the folder, and of it as a zip.</summary>
    public (double Folder, double Zip) Size()
    {
        var folder = Path.GetDirectoryName(assembly)!;
        var bytes = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        using var zip = new MemoryStream();
        ZipFile.CreateFromDirectory(folder, zip);
        return (bytes / 1e6, zip.Length / 1e6);
    }

    public abstract Sample Measure(CancellationToken cancellation);

    /// <summary>From the start of the program until <paramref name="isThere"/>.</summary>
    protected Sample Measure(IEnumerable<string> arguments, Func<bool> isThere, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(assembly) };
        foreach (var (key, value) in Variables.Prepend(Needed))
        {
            start.Environment[key] = value;
        }

        using var started = new StartedProgram(Called, start);
        started.Until(isThere, pause: TimeSpan.FromMilliseconds(0.5), cancellation);
        return new(started.Elapsed.TotalMilliseconds, started.ProcessorTime.TotalMilliseconds);
    }
}

/// <summary>A web server, until its first answer.</summary>
internal sealed class Server(string name, string assembly, int port, string request, params string[] arguments)
    : Subject(name, assembly)
{
    private readonly byte[] _request = Encoding.ASCII.GetBytes(request);

    protected override KeyValuePair<string, string> Needed => new("Sessions__Storage__Provider", "memory");

    /// <param name="line">Method and path.</param>
    /// <param name="json">The body, where there is one.</param>
    public static string Request(string line, string json = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
        + $"Content-Length: {json.Length}\r\n\r\n{json}");

    public override Sample Measure(CancellationToken cancellation)
    {
        Ports.RefuseTaken(port, Name);
        return Measure(
            [.. arguments, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")], Answers, cancellation);
    }

    private bool Answers()
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
        }
        catch (SocketException)
        {
            return false;
        }

        client.GetStream().Write(_request);
        using var answer = new StreamReader(client.GetStream(), Encoding.ASCII);
        var first = answer.ReadLine();
        return first?.StartsWith("HTTP/1.1 2", StringComparison.Ordinal) == true
            ? true
            : throw new BenchException($"{Name} answered {first ?? "nothing"} instead of 2xx");
    }
}

/// <summary>The worker of the function app, until it has called the host and said who it is.</summary>
internal sealed class Worker(string name, string assembly, FakeHost host) : Subject(name, assembly)
{
    /// <summary>The emulator needn't be there: a start asks nothing of storage.</summary>
    protected override KeyValuePair<string, string> Needed => new("AzureWebJobsStorage", "UseDevelopmentStorage=true");

    protected override string Called => $"the function app's worker, {Name},";

    public override Sample Measure(CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString();
        return Measure(
            [
                "--functions-uri", host.Address, "--functions-worker-id", id, "--functions-request-id", id,
                "--functions-grpc-max-message-length", "2147483647",
            ],
            () => host.HasHeardFrom(id),
            cancellation);
    }
}

/// <summary>Milliseconds: those that passed, and those that the process had a processor, all of its threads together.</summary>
internal sealed record Sample(double Time, double Processor);

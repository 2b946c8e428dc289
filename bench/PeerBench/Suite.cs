using System.Globalization;
using BenchKit;
using PeerBench.Peers;
using PeerBench.Report;

namespace PeerBench;

/// <summary>
/// All measurements of one run. Rounds take turns among the peers, so that what the machine does meanwhile meets them all.
/// </summary>
internal sealed class Suite
{
    public static readonly IReadOnlyList<int> Connections = [1, 16];


    // Creating comes late, since it leaves the most behind in every memory; and last what may leave a server with a pool full of threads.
    private static readonly Operation[] Order =
        [Operation.Read, Operation.JwtCheck, Operation.Change, Operation.SignIn, Operation.Create, Operation.BlockingRead];

    private static readonly Operation[] QuickOrder = [Operation.Read, Operation.Change];

    private readonly List<Measurement> _measurements = [];

    public IReadOnlyList<Measurement> All => _measurements;

    /// <summary>Megabytes that a server held after its reads.</summary>
    public Dictionary<string, double> Resident { get; } = [];

    public static async Task<Suite> RunAsync(IReadOnlyList<Peer> peers, BenchOptions options, CancellationToken cancellation)
    {
        var suite = new Suite();
        foreach (var operation in options.Quick ? QuickOrder : Order)
        {
            var able = peers
                .Where(peer => peer.Operations.Contains(operation) && (!options.Quick || Targets.Concern(peer.Name, operation)))
                .ToList();
            foreach (var peer in able)
            {
                await RunAsync(new Measurement(peer, operation, Connections[^1]), options.WarmUp, counts: false, cancellation);
            }

            foreach (var connections in Connections)
            {
                await suite.MeasureAsync([.. able.Select(peer => new Measurement(peer, operation, connections))], options, cancellation);
            }

            if (operation == Operation.Read)
            {
                able.ForEach(peer => suite.Resident[peer.Name] = peer.Server.ResidentMegabytes());
            }
        }

        return suite;
    }

    /// <summary>Null where there is none, or it failed.</summary>
    public Measurement? Find(string peer, Operation operation, int connections) =>
        _measurements.Find(one => one.Peer.Name == peer && one.Operation == operation && one.Connections == connections);

    /// <exception cref="BenchException">It failed, and isn't a competitor, of which the table would say so.</exception>
    private static async Task RunAsync(Measurement one, TimeSpan time, bool counts, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await one.RunAsync(time, counts);
        cancellation.ThrowIfCancellationRequested(); // what stops this program may have stopped the server first
        if (one is { Failure: { } failure, Peer.IsCompetitor: false })
        {
            throw new BenchException($"{Texts.Of(one.Operation)}, {one.Peer.Name}: {failure}. Without it there is nothing to compare with: run ./test.");
        }
    }

    private async Task MeasureAsync(List<Measurement> side, BenchOptions options, CancellationToken cancellation)
    {
        _measurements.AddRange(side);
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var one in side)
            {
                await RunAsync(one, options.Time, counts: true, cancellation);
            }
        }

        foreach (var one in side)
        {
            var figures = one.Failure
                ?? string.Create(CultureInfo.InvariantCulture, $"{one.PerSecond:N0}/s, p50 {one.P50:N0} us, {one.Allocated:N0} bytes");
            await Console.Error.WriteLineAsync($"{Texts.Of(one.Operation)}, {one.Connections} connections, {one.Peer.Name}: {figures}");
        }
    }
}

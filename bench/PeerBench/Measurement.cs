using System.Net.Sockets;
using BenchKit;
using PeerBench.Load;
using PeerBench.Peers;

namespace PeerBench;

/// <summary>One operation of one peer at so many connections: every round of it, or why there is none.</summary>
internal sealed class Measurement(Peer peer, Operation operation, int connections)
{
    private readonly List<Round> _rounds = [];
    private readonly List<double> _allocated = [];

    public Peer Peer => peer;

    public Operation Operation => operation;

    public int Connections => connections;

    /// <summary>Why it can't be measured; null where it can.</summary>
    public string? Failure { get; private set; }

    public IReadOnlyList<Round> Rounds => _rounds;

    public double PerSecond => _rounds.Select(round => round.PerSecond).Median();

    public double P50 => _rounds.Select(round => round.P50).Median();

    public double P99 => _rounds.Select(round => round.P99).Median();

    /// <summary>Bytes allocated for a request; null where the server can't say.</summary>
    public double? Allocated => _allocated.Count > 0 ? _allocated.Median() : null;

    /// <param name="time">How long.</param>
    /// <param name="counts">False for a round that only warms up.</param>
    public async Task RunAsync(TimeSpan time, bool counts)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            var callers = new List<Caller>();
            for (var number = 0; number < connections; number++)
            {
                callers.Add(peer.NewCaller(operation, number));
            }

            var before = await peer.Server.AllocatedAsync();
            var round = Round.Run(peer.Server.Port, callers, peer.Expected, time);
            var after = await peer.Server.AllocatedAsync();
            if (counts)
            {
                _rounds.Add(round);
                _allocated.AddRange(after is { } a && before is { } b ? [(a - b) / (double)round.Requests] : []);
            }
        }
        catch (Exception e) when (e is PeerFailedException or SocketException or IOException || (e is BenchException && peer.IsCompetitor))
        {
            Failure = e is PeerFailedException ? e.Message : $"failed: {e.Message.Split('\n')[0]}";
        }
    }
}

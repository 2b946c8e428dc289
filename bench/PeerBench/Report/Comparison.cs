using System.Globalization;
using BenchKit;
using PeerBench.Peers;

namespace PeerBench.Report;

/// <summary>One line of the table of ratios: what is compared, and what is aimed at.</summary>
internal sealed record Comparison(Operation Operation, string Ours, string Theirs, double? AtOne = null, double? AtSixteen = null)
{
    /// <summary>
    /// Requests a second of ours to theirs: the median of the rounds' own ratios, since what the machine does changes from round to round.
    /// </summary>
    public double? Ratio(Suite suite, int connections) => Ratios(suite, connections) is { Length: > 0 } ratios ? ratios.Median() : null;

    public double? Target(int connections) => connections == 1 ? AtOne : AtSixteen;

    /// <summary>How the table names it.</summary>
    public string Label => $"{Texts.Of(Operation)}: {Ours} to {Theirs}";

    /// <summary>The median, and from where to where the rounds' ratios went.</summary>
    public string Cell(Suite suite, int connections)
    {
        var target = Target(connections) is { } aim ? string.Create(CultureInfo.InvariantCulture, $", aim {aim:F2}") : "";
        return Ratios(suite, connections) is { Length: > 0 } ratios
            ? string.Create(CultureInfo.InvariantCulture, $"{ratios.Median():F2} ({ratios.Min():F2} to {ratios.Max():F2}{target})")
            : suite.Find(Theirs, Operation, connections)?.Failure ?? suite.Find(Ours, Operation, connections)?.Failure ?? "";
    }

    private double[] Ratios(Suite suite, int connections)
    {
        var ours = suite.Find(Ours, Operation, connections);
        var theirs = suite.Find(Theirs, Operation, connections);
        return ours is { Failure: null } && theirs is { Failure: null }
            ? [.. ours.Rounds.Zip(theirs.Rounds, (one, other) => one.PerSecond / other.PerSecond)]
            : [];
    }
}

/// <summary>What is compared with what.</summary>
internal static class Targets
{
    public static readonly IReadOnlyList<Comparison> Comparisons =
    [
        new(Operation.Read, AllPeers.InMemory, AllPeers.AspNetInMemory, AtOne: 1.0, AtSixteen: 1.5),
        new(Operation.Change, AllPeers.InMemory, AllPeers.AspNetInMemory, AtOne: 1.0, AtSixteen: 1.5),
        new(Operation.Read, AllPeers.OnAzurite, AllPeers.PointRead, AtOne: 0.95, AtSixteen: 0.95),
        new(Operation.Create, AllPeers.InMemory, AllPeers.AspNetInMemory),
        new(Operation.Read, AllPeers.InMemory, AllPeers.Empty),
        new(Operation.Read, AllPeers.InMemory, AllPeers.ExpressInMemory),
        new(Operation.Change, AllPeers.InMemory, AllPeers.ExpressInMemory),
        new(Operation.Create, AllPeers.InMemory, AllPeers.ExpressInMemory),
        new(Operation.SignIn, AllPeers.InMemory, AllPeers.ExpressInMemory),
        new(Operation.Read, AllPeers.OnAzurite, AllPeers.AspNetOnRedis),
        new(Operation.Change, AllPeers.OnAzurite, AllPeers.AspNetOnRedis),
        new(Operation.Create, AllPeers.OnAzurite, AllPeers.AspNetOnRedis),
        new(Operation.Read, AllPeers.OnAzurite, AllPeers.ExpressOnRedis),
        new(Operation.Change, AllPeers.OnAzurite, AllPeers.ExpressOnRedis),
        new(Operation.Create, AllPeers.OnAzurite, AllPeers.ExpressOnRedis),
        new(Operation.SignIn, AllPeers.OnAzurite, AllPeers.ExpressOnRedis),
    ];

    /// <summary>Bytes that a read may allocate beyond the empty endpoint.</summary>
    public const double MostAllocated = 6 * 1024;

    /// <summary>Whether a figure with an aim depends on it.</summary>
    public static bool Concern(string peer, Operation operation) =>
        peer == AllPeers.Empty
        || Comparisons.Any(one => one.AtOne is not null && one.Operation == operation && (one.Ours == peer || one.Theirs == peer));
}

internal static class Texts
{
    public static string Of(Operation operation) => operation switch
    {
        Operation.BlockingRead => "read, blocking",
        Operation.SignIn => "sign in",
        Operation.JwtCheck => "JWT check",
        _ => operation.ToString().ToLowerInvariant(),
    };
}

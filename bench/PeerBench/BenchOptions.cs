using System.Globalization;
using PeerBench.Servers;

namespace PeerBench;

internal sealed record BenchOptions
{
    public const string Usage = """
        Usage: bench/peers [--quick] [--rounds N] [--seconds N] [--port N]

        Measures this service beside its peers, each server on one core, and load and storage on the
        others. Without --quick it writes docs/benchmarks.md.

          --quick      the ratios with a target only, in under two minutes, compared with those in
                       docs/benchmarks.md; exit code 3 where one fell by more than 15 %
          --rounds N   rounds of each measurement, of which the median counts (3)
          --seconds N  length of a round (5; 1 with --quick)
          --port N     the first of a hundred ports to use (17300)
        """;

    public bool Quick { get; init; }

    public int Rounds { get; init; } = 3;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The compiler works on hot code in the background, for seconds where there is one core for both.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 5 : 8);

    public int Port { get; init; } = 17300;

    /// <exception cref="BenchException">An argument isn't known.</exception>
    public static BenchOptions Parse(string[] args)
    {
        var quick = args.Contains("--quick");
        var options = new BenchOptions { Quick = quick, Time = TimeSpan.FromSeconds(quick ? 1 : 5) };
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options,
                "--rounds" => options with { Rounds = NumberAfter(args, ref i, most: 100) },
                "--seconds" => options with { Time = TimeSpan.FromSeconds(NumberAfter(args, ref i, most: 60)) },
                "--port" => options with { Port = NumberAfter(args, ref i, most: 65000) },
                var other => throw new BenchException($"{other} isn't known here.\n{Usage}"),
            };
        }

        return options;
    }

    private static int NumberAfter(string[] args, ref int i, int most) =>
        ++i < args.Length
        && int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
        && number <= most
            ? number
            : throw new BenchException($"{args[i - 1]} needs a number from 1 to {most}.\n{Usage}");
}

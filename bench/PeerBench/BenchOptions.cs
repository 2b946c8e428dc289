using System.Globalization;
using BenchKit;

namespace PeerBench;

internal sealed record BenchOptions
{
    private const int DefaultRounds = 7;
    private static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(2);

    public bool Quick { get; init; }

    public int Rounds { get; init; } = DefaultRounds;

    public TimeSpan Time { get; init; } = DefaultTime;

    /// <summary>Too short for the page.</summary>
    public bool IsShort => Rounds < DefaultRounds || Time < DefaultTime;

    /// <summary>The compiler works on hot code in the background, for seconds where there is one core for both.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 4 : 8);

    public int Port { get; init; } = 17300;

    /// <exception cref="BenchException">An argument isn't known.</exception>
    public static BenchOptions Parse(string[] args)
    {
        var quick = args.Contains("--quick");
        var options = new BenchOptions { Quick = quick, Rounds = quick ? 5 : DefaultRounds, Time = quick ? TimeSpan.FromSeconds(1) : DefaultTime };
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options,
                "--rounds" => options with { Rounds = NumberAfter(args, ref i, most: 100) },
                "--seconds" => options with { Time = TimeSpan.FromSeconds(NumberAfter(args, ref i, most: 60)) },
                "--port" => options with { Port = NumberAfter(args, ref i, most: 65000) },
                var other => throw new BenchException($"{other} isn't known here: bench/peers --help"),
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
            : throw new BenchException($"{args[i - 1]} needs a number from 1 to {most}: bench/peers --help");
}

using System.Globalization;
using BenchKit;

namespace StartBench;

internal sealed record StartOptions
{
    public bool Write { get; init; }

    public int Rounds { get; init; } = 9;

    public int Port { get; init; } = 17400;

    /// <summary>Variables of the environment, each of which is tried beside what is there.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <exception cref="BenchException">An argument isn't known.</exception>
    public static StartOptions Parse(string[] args)
    {
        var options = new StartOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--write" => options with { Write = true },
                "--rounds" => options with { Rounds = NumberAfter(args, ref i, most: 1000) },
                "--port" => options with { Port = NumberAfter(args, ref i, most: 65000) },
                "--with" => options with { Variables = [.. options.Variables, VariableAfter(args, ref i)] },
                var other => throw new BenchException($"unknown option {other}; --help lists the options"),
            };
        }

        return options is { Write: true, Variables.Count: > 0 }
            ? throw new BenchException("--write wants no trials: leave out --with")
            : options;
    }

    private static int NumberAfter(string[] args, ref int i, int most) =>
        ++i < args.Length && int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0 && number <= most
            ? number
            : throw new BenchException($"{args[i - 1]} needs a number from 1 to {most}");

    private static KeyValuePair<string, string> VariableAfter(string[] args, ref int i) =>
        ++i < args.Length && args[i].Split('=', 2) is [{ Length: > 0 } name, var value]
            ? new(name, value)
            : throw new BenchException("--with needs NAME=VALUE, such as --with DOTNET_TieredPGO=0");
}

using System.Globalization;

namespace Interleavings;

internal sealed record ExplorerOptions
{
    /// <summary>Part of the names of the scenarios to play.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>Play this one schedule of each.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The first of the seeds for schedules at random; any, if null.</summary>
    public ulong? From { get; init; }

    /// <summary>Until when schedules are drawn at random, once those within the bounds have been played.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Schedules within the bounds, for each scenario; all of them, if null.</summary>
    public int? Most { get; init; } = 60;

    /// <summary>Violations to show.</summary>
    public int Show { get; init; } = 5;

    public static ExplorerOptions Parse(string[] args)
    {
        var options = new ExplorerOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--whole")
            {
                options = options with { Most = null };
                continue;
            }

            var name = args[i++];
            var value = i < args.Length ? args[i] : throw new ArgumentException($"{name} needs a value.", nameof(args));
            options = name switch
            {
                "--scenario" => options with { Scenario = value },
                "--seed" => options with { Seed = ulong.Parse(value, CultureInfo.InvariantCulture) },
                "--from" => options with { From = ulong.Parse(value, CultureInfo.InvariantCulture) },
                "--time" => options with { Time = DurationOf(value) },
                "--most" => options with { Most = int.Parse(value, CultureInfo.InvariantCulture) },
                "--show" => options with { Show = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"Unknown: {name}. Known are --scenario, --seed, --from, --time 90s|30m, --most, --whole, --show.", nameof(args)),
            };
        }

        return options;
    }

    private static TimeSpan DurationOf(string text)
    {
        var number = double.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            _ => throw new ArgumentException($"{text} isn't a time such as 90s or 30m.", nameof(text)),
        };
    }
}

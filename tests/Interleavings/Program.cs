using System.Diagnostics;
using System.Globalization;
using Interleavings;

var options = ExplorerOptions.Parse(args);
var scenarios = (await Scenario.AllAsync()).Where(scenario => scenario.Name.Contains(options.Scenario, StringComparison.OrdinalIgnoreCase)).ToList();
var explorer = new Explorer();
if (options.Seed is { } seed)
{
    scenarios.ForEach(scenario => explorer.PlaySample(scenario, seed));
}
else
{
    Explore();
}

foreach (var violation in explorer.Violations.OrderBy(violation => violation.Steps.Count).Take(options.Show))
{
    Console.WriteLine(violation);
}

return explorer.Violations.Count == 0 ? 0 : 1;

void Explore()
{
    var watch = Stopwatch.StartNew();
    var complete = 0;
    Parallel.ForEach(scenarios, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, scenario =>
    {
        if (explorer.PlayAll(scenario, options.Most))
        {
            Interlocked.Increment(ref complete);
        }
    });
    var all = explorer.Played;
    var broken = explorer.Violations.Select(violation => violation.Scenario).ToHashSet();
    var first = options.From ?? (ulong)Random.Shared.NextInt64();
    var healthy = scenarios.Where(scenario => !broken.Contains(scenario)).ToList();
    Parallel.For(0, Environment.ProcessorCount, lane =>
    {
        for (var n = (ulong)lane; watch.Elapsed < options.Time && healthy.Count > 0; n += (ulong)Environment.ProcessorCount)
        {
            explorer.PlaySample(healthy[(int)(n % (ulong)healthy.Count)], first + n);
        }
    });
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"explored {explorer.Played:N0} schedules of {scenarios.Count} scenarios in {watch.Elapsed.TotalSeconds:F0} s: {explorer.Violations.Count} violations ({all:N0} in order, {complete} scenarios whole; the rest at random, seeds from {first})"));
    var failed = explorer.Violations.Select(violation => violation.Scenario).Distinct().Count();
    Console.WriteLine($"interleavings: {scenarios.Count - failed} passed, {failed} failed");
}

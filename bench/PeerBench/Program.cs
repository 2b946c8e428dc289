using System.Text;
using BenchKit;
using PeerBench;
using PeerBench.Peers;
using PeerBench.Report;

return await BenchRun.ToExitCodeAsync("bench/peers", async cancellation =>
{
    var options = BenchOptions.Parse(args);
    var page = new PageBlock("peers");
    page.Check();
    using var all = AllPeers.Start(new BenchPaths(Environment.CurrentDirectory), options, cancellation);
    var suite = await Suite.RunAsync(all.Peers, options, cancellation);
    if (options.Quick)
    {
        return Compare(suite, KnownRatios.In(page.Content));
    }

    var tables = Tables.Of(suite, options);
    if (options.IsShort)
    {
        Console.WriteLine(tables);
        return 0;
    }

    page.Put($"\n{tables}");
    Console.WriteLine("docs/benchmarks.md is written anew.");
    return 0;
});

static int Compare(Suite suite, IReadOnlyDictionary<(string Label, int Connections), double> known)
{
    var text = new StringBuilder();
    Tables.AddRatios(text, suite);
    Console.WriteLine(text.Append('\n').Append(Tables.Allocation(suite)));
    var fallen = Guard.Fallen(suite, known);
    Console.WriteLine(fallen.Count == 0
        ? "Nothing fell by more than 15 % against docs/benchmarks.md."
        : string.Join('\n', fallen.Prepend("Fell by more than 15 %:")));
    return fallen.Count == 0 ? 0 : 3;
}

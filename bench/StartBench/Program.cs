using BenchKit;
using StartBench;

// Called by bench/start, which publishes what is measured.
return await BenchRun.ToExitCodeAsync("bench/start", async cancellation =>
{
    var onlyChecks = args is ["--check", ..];
    var options = StartOptions.Parse(onlyChecks ? args[1..] : args);
    var page = new PageBlock("start");
    if (options.Write)
    {
        page.Check();
    }

    Ports.RefuseTaken(options.Port, "what is measured");
    Ports.RefuseTaken(options.Port + 1, "the listener in the host's place");
    if (onlyChecks)
    {
        return 0;
    }

    await using var host = await FakeHost.StartAsync(options.Port + 1);
    var bench = Bench.Of(Environment.CurrentDirectory, options, host);
    bench.Run(options.Rounds, cancellation);
    var tables = Report.Of(bench, options.Rounds);
    Console.WriteLine(tables);
    if (options.Write)
    {
        page.Put(tables);
    }

    return 0;
});

using BenchKit;
using CleanupBench;
using Sessions;

// Called by bench/cleanup, which has looked at the options.
if (args is not [var quick, var write, var portText] || !int.TryParse(portText, out var port))
{
    Console.Error.WriteLine("bench/cleanup: run bench/cleanup; it starts this program");
    return 2;
}

try
{
    var page = new PageBlock("cleanup");
    if (write == "yes")
    {
        page.Check();
    }

    var sizes = quick == "yes" ? Sizes.Quick : Sizes.Full;
    var table = Report.Of(sizes, await Bench.RunAsync(sizes, port));
    Console.WriteLine(table);
    if (write == "yes")
    {
        page.Put(table);
    }

    return 0;
}
catch (Exception e) when (e is BenchException or InvalidOperationException or TimeoutException
    or IOException or UnauthorizedAccessException or StorageUnavailableException)
{
    // One line: what Azurite said before it gave up may be many.
    Console.Error.WriteLine($"bench/cleanup: {string.Join(' ', e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}");
    return 1;
}

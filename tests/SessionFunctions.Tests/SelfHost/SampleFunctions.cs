using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.Tests.SelfHost;

/// <summary>What the sample timers did, for the test that looks on.</summary>
public sealed class Journal
{
    private readonly Channel<TimerInfo> _ticks = Channel.CreateUnbounded<TimerInfo>();

    public int Ticks { get; private set; }

    public int StartupRuns { get; set; }

    public int Running { get; set; }

    public TaskCompletionSource? Hold { get; set; }

    public bool Fail { get; set; }

    public void Write(TimerInfo tick)
    {
        Ticks++;
        _ticks.Writer.TryWrite(tick);
    }

    public Task<TimerInfo> NextTickAsync() => _ticks.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}

public sealed class ScopedThing
{
    public Guid Id { get; } = Guid.NewGuid();
}

/// <summary>Needs what lives for a call only, and so can't be made once.</summary>
public sealed class ScopedSamples(ScopedThing thing)
{
    [Function("Scoped")]
    public IResult Scoped([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "scoped")] HttpRequest request) =>
        Results.Text($"{thing.Id} {request.Path}");
}

public sealed class HttpSamples(Journal journal)
{
    private readonly string _instance = Guid.NewGuid().ToString();

    [Function("Greet")]
    public static IResult Greet([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "greet/{name}")] HttpRequest request, string name) =>
        Results.Text($"{request.Method} {name}");

    [Function("Echo")]
    public static async Task<IResult> Echo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "echo")] HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        return Results.Text(await reader.ReadToEndAsync(cancellationToken));
    }

    [Function("Length")]
    public static async ValueTask<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous, "post", "put", Route = "length")] HttpRequest request)
    {
        await Task.Yield();
        return Results.Text($"{request.ContentLength}");
    }

    [Function("Write")]
    public static Task Write([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "write")] HttpRequest request, HttpContext context)
    {
        Assert.Same(request.HttpContext, context);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return context.Response.WriteAsync("written");
    }

    [Function("Named")]
    public static void Named([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
        request.HttpContext.Response.StatusCode = StatusCodes.Status204NoContent;

    [Function("Instance")]
    public IResult Instance([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "instance")] HttpRequest request) =>
        Results.Text($"{_instance} {journal.Ticks} {request.Path}");

    [Function("InstanceLater")]
    public async Task<IResult> InstanceLater(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "instance/{name}")] HttpRequest request, string name)
    {
        await Task.Yield();
        return Results.Text($"{_instance} {name} {request.Path}");
    }

    [Function("Missing")]
    public static IResult Missing([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "missing")] HttpRequest request) =>
        Results.Text($"no such thing at {request.Path}", statusCode: StatusCodes.Status404NotFound);

    [Function("Throws")]
    public static IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws")] HttpRequest request) =>
        throw new InvalidOperationException($"a secret of {request.Path}");

    [Function("Locked")]
    public static IResult Locked([HttpTrigger(AuthorizationLevel.Function, "get", Route = "locked")] HttpRequest request) =>
        Results.Text($"open {request.Path}");

    [Function("LockedByDefault")]
    public static IResult LockedByDefault([HttpTrigger("get", Route = "default")] HttpRequest request) => Results.Text($"open {request.Path}");

    [Function("LockedForAdmins")]
    public static IResult LockedForAdmins([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "master")] HttpRequest request) =>
        Results.Text($"open {request.Path}");
}

/// <summary>The worker calls no function of a class that isn't public, so neither does this host.</summary>
internal static class HiddenSamples
{
    [Function("Hidden")]
    public static IResult Hidden([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hidden")] HttpRequest request) =>
        Results.Text($"seen {request.Path}");
}

public sealed class TimerSamples(Journal journal)
{
    [Function("Tick")]
    public async Task TickAsync([TimerTrigger("%TickSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        journal.Write(timer);
        if (journal.Fail)
        {
            throw new InvalidOperationException("no luck");
        }

        if (journal.Hold is { } hold)
        {
            journal.Running++;
            await hold.Task.WaitAsync(cancellationToken);
            journal.Running--;
        }
    }

    // A day that never comes, so that only the run at the start is left.
    [Function("Startup")]
    public void RunAtStartup([TimerTrigger("0 0 0 30 2 *", RunOnStartup = true)] TimerInfo timer) =>
        journal.StartupRuns += timer.IsPastDue ? 0 : 1;
}

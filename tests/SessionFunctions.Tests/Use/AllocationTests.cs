using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Data;
using SessionFunctions.Testing;
using SessionFunctions.Use;
using Sessions.Create;

namespace SessionFunctions.Tests.Use;

/// <summary>
/// What a call takes from memory beside the server's own part. Counted and not timed, so that it comes out the same on every machine; the
/// figures with the server are in docs/benchmarks.md.
/// </summary>
public sealed class AllocationTests
{
    private const int Calls = 320;

    [Fact]
    public async Task A_read_takes_at_most_6_KB()
    {
        await using var services = Services();
        var read = ActivatorUtilities.CreateInstance<ReadSession>(services);
        var token = await TokenAsync(services);

        Assert.InRange(await BytesAsync(() => ContextOf(HttpMethods.Get, token), read.Run), 1, 6 * 1024);
    }

    /// <summary>The log of a row has 256 writes at most; from then on it gets no longer.</summary>
    [Fact]
    public async Task A_change_takes_at_most_16_KB_however_often_the_session_was_changed_within_the_minute()
    {
        await using var services = Services();
        var change = ActivatorUtilities.CreateInstance<DataFunctions>(services);
        var token = await TokenAsync(services);

        Assert.InRange(await BytesAsync(() => ContextOf(HttpMethods.Patch, token, """{"count":12345}"""u8.ToArray()), change.Patch), 1, 16 * 1024);
    }

    [Fact]
    public async Task A_body_takes_no_memory_for_being_announced()
    {
        await using var services = Services();
        var change = ActivatorUtilities.CreateInstance<DataFunctions>(services);
        var token = await TokenAsync(services);

        var taken = await BytesAsync(() => Announcing(500_000, ContextOf(HttpMethods.Patch, token, [])), change.Patch, StatusCodes.Status400BadRequest);

        Assert.InRange(taken, 1, 32 * 1024);
    }

    private static HttpContext Announcing(long length, HttpContext context)
    {
        context.Request.ContentLength = length;
        return context;
    }

    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Sessions:Storage:Provider", (string?)"memory")])
            .Build();
        return new ServiceCollection().AddLogging().AddSessionFunctions(configuration).BuildServiceProvider();
    }

    private static async Task<string> TokenAsync(ServiceProvider services)
    {
        var wanted = new NewSession { Data = SessionWorld.DataOf("""{"cart":[{"sku":"tea","count":2}],"theme":"dark","count":1}""") };
        return SessionWorld.Value(await services.GetRequiredService<SessionCreation>().CreateAsync(wanted, CancellationToken.None)).Token.Reveal();
    }

    private static DefaultHttpContext ContextOf(string method, string token, byte[]? body = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = "/sessions/current";
        context.Request.Headers.Authorization = $"Bearer {token}";
        if (body is not null)
        {
            context.Request.ContentType = "application/json";
            context.Request.ContentLength = body.Length;
            context.Request.Body = new MemoryStream(body);
        }

        return context;
    }

    /// <summary>
    /// Of the cheapest of the last ten calls: all of it runs on this thread, since nothing in memory keeps anybody waiting; but now and then
    /// the compiler does.
    /// </summary>
    private static async Task<long> BytesAsync(
        Func<HttpContext> contextOf, Func<HttpRequest, Task<IResult>> call, int status = StatusCodes.Status200OK)
    {
        var taken = new List<long>();
        for (var n = 0; n < Calls; n++)
        {
            var context = contextOf();
            context.Response.BodyWriter.GetSpan(2048); // the server has a buffer for each connection
            var (before, thread) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CurrentManagedThreadId);
            await (await call(context.Request)).ExecuteAsync(context);
            var after = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal((status, thread), (context.Response.StatusCode, Environment.CurrentManagedThreadId));
            taken.Add(after - before);
        }

        return taken[^10..].Min();
    }
}

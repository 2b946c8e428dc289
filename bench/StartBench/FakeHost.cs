using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace StartBench;

/// <summary>
/// Listens as the Functions host does, and only takes the first message of each worker: <c>StartStream</c>, with the worker's id.
/// </summary>
internal sealed class FakeHost : IAsyncDisposable
{
    private const string Stream = "/AzureFunctionsRpcMessages.FunctionRpc/EventStream";
    private const int Id = 36;
    private const int LengthBefore = 5; // a message of gRPC begins with its length

    private readonly WebApplication _app;
    private volatile string _heard = "";

    private FakeHost(int port)
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.MapPost(Stream, HearAsync);
    }

    public string Address { get; }

    public static async Task<FakeHost> StartAsync(int port)
    {
        var host = new FakeHost(port);
        await host._app.StartAsync();
        return host;
    }

    public bool HasHeardFrom(string worker) => _heard.Contains(worker, StringComparison.Ordinal);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HearAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        var message = await context.Request.BodyReader.ReadAtLeastAsync(LengthBefore + Id, context.RequestAborted);
        _heard = Encoding.ASCII.GetString(message.Buffer);
        // Until it is ended.
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

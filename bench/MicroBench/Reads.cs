using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions;
using SessionFunctions.Entry;
using SessionFunctions.Use;
using Sessions.Create;

namespace MicroBench;

/// <summary><c>GET /sessions/current</c> from the function to the answer: all that a read takes beside server and storage.</summary>
public class Reads : IDisposable
{
    private readonly DefaultHttpContext _context = new();
    private ServiceProvider? _services;
    private ReadSession _read = null!;

    [Params(Samples.Small, Samples.Large)]
    public string Size { get; set; } = Samples.Small;

    [Params(Samples.Clear, Samples.Encrypted)]
    public string Keys { get; set; } = Samples.Clear;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        _services = new ServiceCollection().AddLogging().AddSessionFunctions(Samples.Settings(Keys)).BuildServiceProvider();
        _read = ActivatorUtilities.CreateInstance<ReadSession>(_services);
        var sample = Samples.Session(Size);
        var wanted = new NewSession { Data = sample.Data, Claims = sample.Claims, User = sample.User };
        var issued = Samples.Value(await _services.GetRequiredService<SessionCreation>().CreateAsync(wanted, CancellationToken.None));
        _context.Request.Method = HttpMethods.Get;
        _context.Request.Path = "/sessions/current";
        _context.Request.Headers.Cookie = $"{new SessionCookieOptions().Name}={issued.Token.Reveal()}";
        await ReadAsync();
        if (_context.Response.StatusCode != StatusCodes.Status200OK)
        {
            throw new InvalidOperationException($"The read was answered with {_context.Response.StatusCode}.");
        }
    }

    [Benchmark(Description = "read: from the function to the answer")]
    public async Task ReadAsync()
    {
        await (await _read.Run(_context.Request)).ExecuteAsync(_context);
        await _context.Response.BodyWriter.FlushAsync(); // as the server does once the call has ended
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _services?.Dispose();
        GC.SuppressFinalize(this);
    }
}

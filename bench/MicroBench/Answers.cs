using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;
using Sessions;

namespace MicroBench;

/// <summary>A session as an answer, written into a response that goes nowhere and is the same each time.</summary>
public class Answers
{
    private readonly DefaultHttpContext _context = new();
    private SessionFields _some = SessionFields.All;
    private Session _session = null!;

    [Params(Samples.Small, Samples.Large)]
    public string Size { get; set; } = Samples.Small;

    [GlobalSetup]
    public void Prepare() => (_session, _some) = (Samples.Session(Size), Samples.Value(SessionFields.Parse("sid,version,user,expiresAt")));

    [Benchmark(Description = "answer: the session")]
    public Task AllAsync() => SendAsync(new SessionAnswer(_session));

    [Benchmark(Description = "answer: four fields of it")]
    public Task SomeAsync() => SendAsync(new SessionAnswer(_session) { Fields = _some });

    private async Task SendAsync(SessionAnswer answer)
    {
        await answer.ExecuteAsync(_context);
        await _context.Response.BodyWriter.FlushAsync(); // as the server does once the call has ended
    }
}

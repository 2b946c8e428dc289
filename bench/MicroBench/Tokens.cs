using BenchmarkDotNet.Attributes;
using Sessions;

namespace MicroBench;

/// <summary>What a holder shows, read and compared.</summary>
public class Tokens
{
    private readonly SecretHash _same;
    private readonly SessionToken _token = Samples.Token();
    private readonly string _text;
    private readonly string _jwt = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmF0dXJl"; // what a page sends along everywhere
    private readonly Secrets _fresh;
    private readonly Secrets _rotated;

    public Tokens()
    {
        _text = _token.Reveal();
        _same = SecretHash.FromStored(_token.Hash.ToStored())!;
        _fresh = new Secrets(_same, Samples.Now);
        _rotated = _fresh;
        for (var n = 0; n < 3; n++)
        {
            _rotated = _rotated.Rotate(Samples.Token().Hash, Samples.Now);
        }
    }

    [Benchmark(Description = "token: make")]
    public object Make() => SessionToken.New(_token.Id);

    [Benchmark(Description = "token: parse")]
    public bool Parse() => SessionToken.TryParse(_text, out _);

    [Benchmark(Description = "token: parse what isn't one")]
    public bool ParseOther() => SessionToken.TryParse(_jwt, out _);

    [Benchmark(Description = "secret: compare hashes")]
    public bool Compare() => _same.Matches(_token.Hash);

    [Benchmark(Description = "secret: admit")]
    public bool Admit() => _fresh.Admit(_token.Hash, Samples.Now);

    [Benchmark(Description = "secret: admit beside three pending")]
    public bool AdmitRotated() => _rotated.Admit(_token.Hash, Samples.Now);
}

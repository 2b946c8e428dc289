using BenchmarkDotNet.Attributes;
using Sessions;
using Sessions.Rows;

namespace MicroBench;

/// <summary>Data as stored, and back: compressed where that shrinks it, sealed where there are keys.</summary>
public class Payloads
{
    private const string Column = "data";
    private const int MaxBytes = 256 * 1024;

    private readonly SessionId _id = Samples.Token().Id;
    private PayloadCodec _codec = null!;
    private byte[] _data = [];
    private byte[] _stored = [];

    [Params(Samples.Small, Samples.Large)]
    public string Size { get; set; } = Samples.Small;

    [Params(Samples.Clear, Samples.Encrypted)]
    public string Keys { get; set; } = Samples.Clear;

    [GlobalSetup]
    public void Prepare()
    {
        _codec = new PayloadCodec(KeyRing.Of(new RowsOptions { EncryptionKeys = Keys == Samples.Encrypted ? Samples.Key : null }));
        _data = Samples.Data(Size).Utf8.ToArray();
        _stored = _codec.Encode(_data, _id, Column);
    }

    [Benchmark(Description = "payload: encode")]
    public object Encode() => _codec.Encode(_data, _id, Column);

    [Benchmark(Description = "payload: decode")]
    public object Decode() => _codec.Decode(_stored, _id, Column, MaxBytes);
}

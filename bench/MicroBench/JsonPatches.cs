using BenchmarkDotNet.Attributes;
using Sessions;
using Sessions.Data.Patch;

namespace MicroBench;

/// <summary>A JSON Patch of four operations, on data small and large.</summary>
public class JsonPatches
{
    private readonly byte[] _sent = Samples.Bytes("""
        [{"op":"test","path":"/theme","value":"dark"},{"op":"replace","path":"/theme","value":"light"},
         {"op":"add","path":"/cart/-","value":{"sku":"77","count":1}},{"op":"remove","path":"/visits"}]
        """);

    private JsonPatch _patch = null!;
    private SessionData _data = SessionData.Empty;

    [Params(Samples.Small, Samples.Large)]
    public string Size { get; set; } = Samples.Small;

    [GlobalSetup]
    public void Prepare() => (_patch, _data) = (Samples.Value(JsonPatch.Parse(_sent)), Samples.Data(Size));

    [Benchmark(Description = "JSON Patch: apply")]
    public object Apply() => Samples.Value(_patch.Apply(_data));

    [Benchmark(Description = "JSON Patch: parse and apply")]
    public object ParseAndApply() => Samples.Value(JsonPatch.Parse(_sent).Then<SessionData>(patch => patch.Apply(_data)));
}

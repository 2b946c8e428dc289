using BenchmarkDotNet.Attributes;
using Sessions;
using Sessions.Data;

namespace MicroBench;

/// <summary>A merge patch of three members, on data small and large.</summary>
public class MergePatches
{
    private readonly byte[] _sent = Samples.Bytes("""{"theme":"light","last":{"page":"/chairs","scroll":120},"visits":null}""");
    private SessionData _patch = SessionData.Empty;
    private SessionData _data = SessionData.Empty;

    [Params(Samples.Small, Samples.Large)]
    public string Size { get; set; } = Samples.Small;

    [GlobalSetup]
    public void Prepare() => (_patch, _data) = (Samples.Value(SessionData.Parse(_sent)), Samples.Data(Size));

    [Benchmark(Description = "merge patch: apply")]
    public object Apply() => MergePatch.Apply(_data, _patch);

    [Benchmark(Description = "merge patch: parse and apply")]
    public object ParseAndApply() => Samples.Value(SessionData.Parse(_sent).Then<SessionData>(patch => MergePatch.Apply(_data, patch)));
}

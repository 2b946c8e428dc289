using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sessions.Data;
using Sessions.Data.Patch;

using static SessionFunctions.Testing.SessionWorld;

namespace Sessions.Tests.Data;

/// <summary>
/// The time of the worst calls known, beside that of parsing and writing a plain document as long as their data and body together. Work
/// that grows with the square of either is about a hundred times that long or more, so how loaded the machine is doesn't matter. What
/// can be counted is counted instead, in PatchWorkTests.
/// </summary>
public sealed class WorkTests
{
    private const int Bytes = 256 * 1024;
    private const int Tries = 5;
    private const double MostTimesAsLong = 60;

    private static readonly string[] Names =
        [.. Enumerable.Range(0, Bytes / 9).Select(i => i.ToString("x4", CultureInfo.InvariantCulture))];

    [Fact]
    public void A_merge_patch_that_removes_every_member_in_order_is_linear() =>
        AssertLinear(ObjectOf(Names, "1"), ObjectOf(Names, "null"), MergePatched);

    [Fact]
    public void A_merge_patch_that_removes_every_member_of_an_inner_object_is_linear() =>
        AssertLinear($$"""{"a":{{ObjectOf(Names, "1")}}}""", $$"""{"a":{{ObjectOf(Names, "null")}}}""", MergePatched);

    [Fact]
    public void A_merge_patch_that_sets_every_member_is_linear() => AssertLinear(ObjectOf(Names, "1"), ObjectOf(Names, "{}"), MergePatched);

    /// <summary>Reading what is within again at each level would take some thirty times as long as the same without levels.</summary>
    [Fact]
    public void A_merge_patch_of_many_levels_reads_each_of_them_once()
    {
        var (flat, deep) = (Merged(levels: 0), Merged(levels: 30));

        Assert.True(deep < flat * 8, $"30 levels take {deep:F1} ms, none {flat:F1} ms.");

        static double Merged(int levels)
        {
            var (open, close) = (Repeated("{\"a\":", levels), new string('}', levels));
            var data = DataOf($$"""{{open}}{"list":[{{Listed("1", Bytes / 2)}}]}{{close}}""");
            var patch = DataOf($$"""{{open}}{"list":[{{Listed("2", Bytes / 2)}}]}{{close}}""");
            return Enumerable.Range(0, Tries).Min(_ => MillisecondsOf(() => MergePatch.Apply(data, patch)));
        }
    }

    [Fact]
    public void A_JSON_patch_that_moves_a_large_part_is_linear() => AssertLinear(
        $$"""{"a":[{{Listed("{}", Bytes / 3)}}]}""",
        $$"""[{{Listed("""{"op":"move","from":"/a","path":"/b"},{"op":"move","from":"/b","path":"/a"}""", 500)}}]""",
        JsonPatched);

    [Fact]
    public void A_JSON_patch_that_copies_a_large_part_is_linear() => AssertLinear(
        $$"""{"a":[{{Listed("{}", Bytes / 3)}}]}""", $$"""[{{Listed("""{"op":"copy","from":"/a","path":"/b"}""", 1000)}}]""", JsonPatched);

    [Fact]
    public void A_JSON_patch_that_works_at_the_front_of_a_list_is_linear() => AssertLinear(
        $$"""{"a":[{{Listed("1", Bytes / 2)}}]}""",
        $$"""[{{Listed("""{"op":"move","from":"/a/0","path":"/a/1"}""", 1000)}}]""",
        JsonPatched);

    [Fact]
    public void A_JSON_patch_with_much_to_unescape_is_linear() => AssertLinear(
        "{}",
        $$"""[{"op":"add","path":"/{{Repeated("~0~1\\u007e1", Bytes / 10)}}","value":"{{Repeated("\\ud83e\\udd8a\\\"", Bytes / 14)}}"}]""",
        JsonPatched);

    [Fact]
    public void A_JSON_patch_with_a_long_path_is_linear() => AssertLinear(
        "{}", $$"""[{"op":"copy","from":"","path":"{{Repeated("/a", Bytes)}}"}]""", JsonPatched);

    [Fact]
    public void Counting_on_from_a_very_long_number_is_linear() => AssertLinear(
        $$"""{"a":0.{{new string('0', Bytes)}}1e{{Bytes}}}""",
        "1",
        (data, _) => Increment.One.Apply(data, Value(DataKey.Parse("a"))).Refusal);

    private static Refusal? MergePatched(SessionData data, byte[] body) =>
        SessionData.Parse(body).Then<SessionData>(patch => MergePatch.Apply(data, patch)).Refusal;

    private static Refusal? JsonPatched(SessionData data, byte[] body) => JsonPatch.Parse(body).Then(patch => patch.Apply(data)).Refusal;

    private static void AssertLinear(string document, string body, Func<SessionData, byte[], Refusal?> call)
    {
        var data = DataOf(document);
        var bytes = Encoding.UTF8.GetBytes(body);
        var plain = Encoding.UTF8.GetBytes($"{{\"a\":[{Listed("1", (data.Size + bytes.Length) / 2)}]}}");

        var (once, called) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < Tries; i++)
        {
            once = Math.Min(once, MillisecondsOf(() => SessionData.From(Value(SessionData.Parse(plain)).ToObject())));
            called = Math.Min(called, MillisecondsOf(() => call(data, bytes)));
        }

        Assert.True(
            called < once * MostTimesAsLong,
            $"It takes {called:F1} ms, {called / once:F0} times the {once:F1} ms of a plain document.");
    }

    private static double MillisecondsOf(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string ObjectOf(IEnumerable<string> names, string value) =>
        $"{{{string.Join(',', names.Select(name => $"\"{name}\":{value}"))}}}";

    private static string Listed(string value, int count) => string.Join(',', Enumerable.Repeat(value, count));

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}

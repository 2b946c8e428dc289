using System.Globalization;
using System.Text.RegularExpressions;

using static Sessions.Tests.Data.Patch.Patches;

namespace Sessions.Tests.Data.Patch;

/// <summary>What one patch may cost. The operation at which it is refused says how much work was counted until there.</summary>
public sealed class PatchWorkTests
{
    private const int Bytes = 256 * 1024;

    private static readonly string[] Names =
        [.. Enumerable.Range(0, Bytes / 9).Select(i => i.ToString("x4", CultureInfo.InvariantCulture))];
    private static readonly string Members = $$$"""{"a":{ {{{string.Join(',', Names.Select(name => $"\"{name}\":1"))}}} }}""";
    private static readonly string Numbers = $$"""{"a":[{{Listed("12", 87_000)}}],"b":{} }""";
    private static readonly string Empties = $$"""{"a":[{{Listed("{}", 87_000)}}]}""";

    [Fact]
    public void Moving_a_large_part_up_and_down_is_refused_before_long() => Assert.InRange(
        RefusedAt(Numbers, Thousand("""{"op":"move","from":"/a","path":"/b/c"}""", """{"op":"move","from":"/b/c","path":"/a"}""")),
        20,
        200);

    [Fact]
    public void Moving_a_large_part_from_name_to_name_is_refused_before_long() => Assert.InRange(
        RefusedAt(Numbers, Thousand("""{"op":"move","from":"/a","path":"/c"}""", """{"op":"move","from":"/c","path":"/a"}""")), 20, 200);

    [Fact]
    public void Copying_a_large_part_over_its_last_copy_is_refused_before_long() => Assert.InRange(
        RefusedAt(Numbers, Thousand("""{"op":"copy","from":"/a","path":"/c"}""")), 4, 14);

    [Fact]
    public void Copying_many_empty_objects_is_refused_before_long() => Assert.InRange(
        RefusedAt(Empties, Thousand("""{"op":"copy","from":"/a","path":"/c"}""")), 2, 8);

    [Fact]
    public void Removing_the_first_members_of_a_large_object_is_refused_before_long() => Assert.InRange(
        RefusedAt(Members, [.. Names.Take(1000).Select(name => $$"""{"op":"remove","path":"/a/{{name}}"}""")]), 100, 300);

    [Fact]
    public void Moving_the_first_members_of_a_large_object_to_its_end_is_refused_before_long() => Assert.InRange(
        RefusedAt(Members, [.. Names.Take(1000).Select(name => $$"""{"op":"move","from":"/a/{{name}}","path":"/a/{{name}}x"}""")]),
        100,
        300);

    [Theory]
    [InlineData("1")]
    [InlineData("[1]")]
    public void Testing_a_very_long_number_again_and_again_is_refused_before_long(string value)
    {
        var zeros = new string('0', Bytes);
        var document = $$"""{"a":{{value.Replace("1", $"1.{zeros}", StringComparison.Ordinal)}}}""";

        Assert.InRange(RefusedAt(document, Thousand($$"""{"op":"test","path":"/a","value":{{value}}}""")), 20, 200);
    }

    [Fact]
    public void A_thousand_operations_at_the_front_of_a_large_list_pass()
    {
        Assert.Null(Refused(Numbers, Patch(Thousand("""{"op":"move","from":"/a/0","path":"/a/-"}"""))));
        Assert.Null(Refused(Numbers, Patch(Thousand("""{"op":"add","path":"/a/0","value":1}""", """{"op":"remove","path":"/a/0"}"""))));
    }

    [Fact]
    public void A_thousand_removals_from_an_object_of_a_few_thousand_members_pass()
    {
        var document = $"{{{string.Join(',', Names.Take(4000).Select(name => $"\"{name}\":1"))}}}";

        Assert.Null(Refused(document, Patch([.. Names.Take(1000).Select(name => $$"""{"op":"remove","path":"/{{name}}"}""")])));
    }

    [Theory]
    [InlineData("""{"op":"add","path":"/list/0","value":{"n":1}}""", """{"op":"remove","path":"/list/0"}""")]
    [InlineData("""{"op":"move","from":"/list/0","path":"/list/-"}""", """{"op":"move","from":"/list","path":"/list"}""")]
    [InlineData("""{"op":"move","from":"/list","path":"/object/list"}""", """{"op":"move","from":"/object/list","path":"/list"}""")]
    [InlineData("""{"op":"copy","from":"/list","path":"/object/list"}""", """{"op":"test","path":"/object/list/0","value":{"id":0}}""")]
    [InlineData("""{"op":"move","from":"/object/n0","path":"/object/n0x"}""", """{"op":"move","from":"/object/n0x","path":"/object/n0"}""")]
    [InlineData("""{"op":"replace","path":"/object/n7","value":"x"}""", """{"op":"test","path":"/object/n7","value":"x"}""")]
    public void A_thousand_operations_on_small_data_pass(string one, string other)
    {
        var members = Enumerable.Range(0, 100).Select(i => $"\"n{i}\":\"{new string('x', 20)}\"");
        var items = Enumerable.Range(0, 100).Select(i => $"{{\"id\":{i}}}");

        var document = $$$"""{"list":[{{{string.Join(',', items)}}}],"object":{ {{{string.Join(',', members)}}} }}""";
        Assert.Null(Refused(document, Patch(Thousand(one, other))));
    }

    [Fact]
    public void The_refusal_says_what_to_do_instead() => Assert.EndsWith(
        "Send it in smaller parts, send a merge patch, or replace the data.",
        Apply(Numbers, Patch(Thousand("""{"op":"copy","from":"/a","path":"/c"}"""))).Refusal?.Detail,
        StringComparison.Ordinal);

    private static string Listed(string value, int count) => string.Join(',', Enumerable.Repeat(value, count));

    private static string[] Thousand(params string[] operations) =>
        [.. Enumerable.Range(0, 1000).Select(i => operations[i % operations.Length])];

    private static string Patch(string[] operations) => $"[{string.Join(',', operations)}]";

    private static int RefusedAt(string document, string[] operations)
    {
        var refusal = Apply(document, Patch(operations)).Refusal;
        Assert.Equal(RefusalKind.NotAllowed, refusal?.Kind);
        var told = Regex.Match(refusal!.Detail, @"^Operation (\d+) of the patch \(\w+\): .* more work ");
        return int.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}

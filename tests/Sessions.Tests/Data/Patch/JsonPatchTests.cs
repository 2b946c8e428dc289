using System.Text;
using Sessions.Data.Patch;

using static SessionFunctions.Testing.SessionWorld;
using static Sessions.Tests.Data.Patch.Patches;

namespace Sessions.Tests.Data.Patch;

public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("""{"a":[]}""", """[{"op":"add","path":"/a/0","value":1}]""", """{"a":[1]}""")]
    [InlineData("""{"a":1,"b":2}""", """[{"op":"add","path":"/a","value":null}]""", """{"a":null,"b":2}""")]
    [InlineData("""{}""", """[{"op":"add","path":"/","value":1}]""", """{"":1}""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"","value":{"b":2}}]""", """{"b":2}""")]
    [InlineData("""{"a":{"b":2}}""", """[{"op":"move","from":"/a","path":""}]""", """{"b":2}""")]
    [InlineData("""{"a":{"b":2}}""", """[{"op":"copy","from":"","path":"/a/c"}]""", """{"a":{"b":2,"c":{"a":{"b":2}}}}""")]
    [InlineData(
        """{"a":[1,2]}""", """[{"op":"copy","from":"/a/0","path":"/a/-"},{"op":"replace","path":"/a/0","value":3}]""", """{"a":[3,2,1]}""")]
    [InlineData("""{"a":1,"b":2}""", """[{"op":"move","from":"/a","path":"/a"}]""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1,"ab":2}""", """[{"op":"move","from":"/a","path":"/ab"}]""", """{"ab":1}""")]
    [InlineData("""{"a":1}""", """[]""", """{"a":1}""")]
    [InlineData(
        """{"a":"it's <b> & \"+\" 🦊"}""",
        """[{"op":"add","path":"/b","value":"\ud83e\udd8a"}]""", """{"a":"it's <b> & \"+\" 🦊","b":"🦊"}""")]
    [InlineData(
        """{"n":12345678901234567890.10}""",
        """[{"op":"copy","from":"/n","path":"/m"}]""", """{"n":12345678901234567890.10,"m":12345678901234567890.10}""")]
    public void An_operation_does_what_the_RFC_says(string document, string patch, string result) =>
        Assert.Equal(result, Applied(document, patch));

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("100", "1e2")]
    [InlineData("-0", "0.00e5")]
    [InlineData("12345678901234567890", "1234567890123456789e1")]
    [InlineData("1e99999999999999999999999", "1e99999999999999999999999")]
    [InlineData("\"\\u00e9\"", "\"é\"")]
    [InlineData("""{"x":1,"y":[{"z":null}]}""", """{"y":[{"z":null}],"x":10e-1}""")]
    [InlineData("null", "null")]
    public void A_test_finds_equal_what_means_the_same(string value, string tested) =>
        Assert.Null(Refused($$"""{"a":{{value}}}""", $$"""[{"op":"test","path":"/a","value":{{tested}}}]"""));

    [Theory]
    [InlineData("12345678901234567890", "12345678901234567891")]
    [InlineData("0.1", "0.10000000000000000001")]
    [InlineData("1e99999999999999999999999", "2")]
    [InlineData("1", "-1")]
    [InlineData("true", "false")]
    [InlineData("null", "false")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("[1]", "[1,1]")]
    [InlineData("{}", "[]")]
    [InlineData("""{"x":null}""", """{"y":null}""")]
    public void A_test_finds_unequal_what_does_not(string value, string tested) =>
        Assert.Equal(RefusalKind.Conflict, Refused($$"""{"a":{{value}}}""", $$"""[{"op":"test","path":"/a","value":{{tested}}}]"""));

    [Theory]
    [InlineData("""[{"op":"remove","path":"/x"}]""")]
    [InlineData("""[{"op":"replace","path":"/x","value":1}]""")]
    [InlineData("""[{"op":"test","path":"/x","value":null}]""")]
    [InlineData("""[{"op":"copy","from":"/x","path":"/y"}]""")]
    [InlineData("""[{"op":"move","from":"/x","path":"/x"}]""")]
    [InlineData("""[{"op":"remove","path":"/list/2"}]""")]
    [InlineData("""[{"op":"remove","path":"/list/-"}]""")]
    [InlineData("""[{"op":"replace","path":"/list/-","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/list/3","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/list/01","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/list/x","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/text/x","value":1}]""")]
    [InlineData("""[{"op":"move","from":"/list/0","path":"/list/2"}]""")] // one fewer once it was taken out
    public void A_place_that_the_data_does_not_have_is_a_conflict(string patch) =>
        Assert.Equal(RefusalKind.Conflict, Refused("""{"list":[1,2],"text":"t"}""", patch));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""[{"path":"/a","value":1}]""")]
    [InlineData("""[{"op":"Add","path":"/a","value":1}]""")]
    [InlineData("""[{"op":"spam","path":"/a","value":1}]""")]
    [InlineData("""[{"op":1,"path":"/a","value":1}]""")]
    [InlineData("""[{"op":"add","value":1}]""")]
    [InlineData("""[{"op":"add","path":null,"value":1}]""")]
    [InlineData("""[{"op":"add","path":"a","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/~","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/a"}]""")]
    [InlineData("""[{"op":"test","path":"/a"}]""")]
    [InlineData("""[{"op":"move","path":"/a"}]""")]
    [InlineData("""[{"op":"copy","from":"x","path":"/a"}]""")]
    public void What_is_not_a_patch_is_malformed(string patch) => Assert.Equal(RefusalKind.Malformed, Refused("{}", patch));

    [Theory]
    [InlineData("""[{"op":"replace","path":"","value":[]}]""")]
    [InlineData("""[{"op":"add","path":"","value":null}]""")]
    [InlineData("""[{"op":"copy","from":"/a/b","path":""}]""")]
    [InlineData("""[{"op":"remove","path":""}]""")]
    [InlineData("""[{"op":"move","from":"/a","path":"/a/c"}]""")]
    [InlineData("""[{"op":"move","from":"","path":"/c"}]""")]
    public void What_would_break_the_data_is_not_allowed(string patch) =>
        Assert.Equal(RefusalKind.NotAllowed, Refused("""{"a":{"b":1}}""", patch));

    [Fact]
    public void A_refusal_names_the_operation_and_changes_nothing()
    {
        var data = DataOf("""{"a":[1]}""");
        var patch = Value(JsonPatch.Parse("""[{"op":"add","path":"/a/-","value":2},{"op":"test","path":"/a/0","value":2}]"""u8.ToArray()));

        Assert.Equal("Operation 2 of the patch (test): The value isn't the one it tests for.", patch.Apply(data).Refusal?.Detail);
        Assert.Equal("""{"a":[1]}""", Json(data));
    }

    [Fact]
    public void A_patch_can_be_applied_again_and_shares_nothing_with_what_it_made()
    {
        var patch = Value(JsonPatch.Parse("""[{"op":"add","path":"/a","value":{}},{"op":"add","path":"/a/b","value":[1]}]"""u8.ToArray()));

        Assert.Equal("""{"a":{"b":[1]}}""", Json(Value(patch.Apply(DataOf("{}")))));
        Assert.Equal("""{"x":0,"a":{"b":[1]}}""", Json(Value(patch.Apply(DataOf("""{"x":0,"a":7}""")))));
    }

    [Fact]
    public void Data_gets_as_deep_as_data_may_be_and_no_deeper()
    {
        var deep = new string('[', 31) + new string(']', 31);

        Assert.Null(Refused("{}", $$"""[{"op":"add","path":"/a","value":{{deep}}}]"""));
        Assert.Equal(RefusalKind.NotAllowed, Refused("""{"b":{}}""", $$"""[{"op":"add","path":"/b/a","value":{{deep}}}]"""));
        Assert.Equal(RefusalKind.NotAllowed, Refused($$"""{"b":{},"c":{{deep}}}""", """[{"op":"move","from":"/c","path":"/b/c"}]"""));
    }

    [Fact]
    public void Copies_that_add_up_are_refused_before_memory_runs_out()
    {
        var copies = Enumerable.Repeat("""{"op":"copy","from":"/text","path":"/list/-"}""", 900);

        Assert.Equal(RefusalKind.TooLarge, Refused($$"""{"list":[],"text":"{{new('x', 5000)}}"}""", $"[{string.Join(',', copies)}]"));
    }

    [Fact]
    public void Copies_into_their_own_depth_are_refused_before_the_stack_runs_out()
    {
        // Each one doubles the depth of a: 2, 4, 8, 16, 32, and one level more for the data around it.
        var copies = Enumerable.Range(0, 10).Select(i =>
            $$"""{"op":"copy","from":"/a","path":"/a{{string.Concat(Enumerable.Repeat("/b", 1 << i))}}"}""");

        var refusal = Apply("""{"a":{}}""", $"[{string.Join(',', copies)}]").Refusal;

        Assert.Equal(RefusalKind.NotAllowed, refusal?.Kind);
        Assert.StartsWith("Operation 5 ", refusal?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patch_has_up_to_a_thousand_operations()
    {
        static byte[] Patch(int count) =>
            Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("""{"op":"add","path":"/a","value":1}""", count))}]");

        Assert.Null(JsonPatch.Parse(Patch(1000)).Refusal);
        Assert.Equal(RefusalKind.NotAllowed, JsonPatch.Parse(Patch(1001)).Refusal?.Kind);
    }

    [Fact]
    public void A_name_that_is_too_long_is_not_allowed() =>
        Assert.Equal(RefusalKind.NotAllowed, Refused("{}", $$"""[{"op":"add","path":"/{{new string('n', 257)}}","value":1}]"""));
}

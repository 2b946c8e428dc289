using System.Text;

namespace Sessions.Tests;

public sealed class JsonRulesTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData(" [1, -0, 1e400, 0.10, true, false, null, \"\"] ")]
    [InlineData("""{"a":{"a":{"a":[{"a":1},{"a":2}]}}}""")] // the same name, never twice in one object
    [InlineData("""{"a":1,"A":2,"":3," ":4}""")]
    [InlineData("""{"\ud83e\udd8a":"\ud83e\udd8a"}""")]
    public void Json_is_let_through(string json) => Assert.Null(Check(json));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{}}")]
    [InlineData("{} {}")]
    [InlineData("{,}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1,]")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":.5}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":tru}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\u12\"}")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("{\"a\":\"\0\"}")]
    [InlineData("{\"a\":1 /* comment */}")]
    [InlineData("// comment\n{}")]
    [InlineData("\ufeff{}")] // a byte order mark
    public void What_the_grammar_does_not_have_is_malformed(string json) => Assert.Equal(RefusalKind.Malformed, Check(json)?.Kind);

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"b":2,"a":3}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"\u00fc":1,"ü":2}""")]
    [InlineData("""{"\ud83e\udd8a":1,"🦊":2}""")]
    [InlineData("""{"/":1,"\/":2}""")]
    [InlineData("""[{"x":{"a":1,"a":2}}]""")]
    [InlineData("""{"":1,"":2}""")]
    public void The_same_name_twice_in_one_object_is_malformed_however_it_is_spelt(string json) =>
        Assert.Equal(Refusal.Malformed("An object in the JSON has the same name twice."), Check(json));

    [Theory]
    [InlineData("""{"a":"\ud83e"}""")]
    [InlineData("""{"a":"\udd8a"}""")]
    [InlineData("""{"a":"\udd8a\ud83e"}""")]
    [InlineData("""{"a":"\ud83e and more"}""")]
    [InlineData("""{"a":"\ud83e\ud83e\udd8a"}""")]
    [InlineData("""{"\ud83e":1}""")]
    [InlineData("""["\ud83e"]""")]
    [InlineData("""{"a":"fine \n","b":["\u0041","\ud83e"]}""")] // in a later string
    public void Half_a_surrogate_pair_is_malformed(string json) =>
        Assert.Equal(Refusal.Malformed("A JSON string has half a surrogate pair."), Check(json));

    [Theory]
    [InlineData(0xff)] // no first byte
    [InlineData(0x80)] // a byte that only goes on
    [InlineData(0xc3)] // cut short
    [InlineData(0xc0, 0xaf)] // overlong
    [InlineData(0xed, 0xa0, 0xbd)] // a surrogate
    [InlineData(0xf4, 0x90, 0x80, 0x80)] // beyond the last code point
    public void What_is_not_UTF_8_is_malformed(params int[] bytes)
    {
        byte[] json = [.. "{\"a\":\""u8, .. bytes.Select(b => (byte)b), .. "\"}"u8];

        Assert.Equal(Refusal.Malformed("The JSON isn't valid UTF-8."), JsonRules.Check(json));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Thirty_two_levels_are_let_through_and_33_are_not(string open, string close)
    {
        Assert.Null(Check(Nested(32)));
        Assert.Equal(RefusalKind.NotAllowed, Check(Nested(33))?.Kind);
        Assert.Null(JsonRules.Check(Encoding.UTF8.GetBytes(Nested(33)), extraDepth: 1));
        Assert.Equal(RefusalKind.NotAllowed, JsonRules.Check(Encoding.UTF8.GetBytes(Nested(34)), extraDepth: 1)?.Kind);

        string Nested(int levels) => string.Concat(Enumerable.Repeat(open, levels)) + "1" + string.Concat(Enumerable.Repeat(close, levels));
    }

    [Fact]
    public void A_million_open_brackets_are_refused_without_harm() =>
        Assert.Equal(RefusalKind.NotAllowed, Check(new string('[', 1_000_000))?.Kind);

    [Theory]
    [InlineData("n")]
    [InlineData("ü")]
    [InlineData("\\u0061")] // escaped, it still is one character
    public void A_name_has_256_characters_and_no_more(string character)
    {
        Assert.Null(Check(Named(256)));
        Assert.Equal(RefusalKind.NotAllowed, Check(Named(257))?.Kind);

        string Named(int length) => $$"""{"{{string.Concat(Enumerable.Repeat(character, length))}}":1}""";
    }

    [Fact]
    public void A_fault_is_told_by_its_place_and_not_by_what_stands_there()
    {
        var refusal = Check("{\n \"password\": hunter2}");

        Assert.Equal(Refusal.Malformed("The JSON is malformed at line 2, byte 14."), refusal);
    }

    private static Refusal? Check(string json) => JsonRules.Check(Encoding.UTF8.GetBytes(json));
}

using System.Text;
using Sessions.Data;

using static SessionFunctions.Testing.SessionWorld;

namespace Sessions.Tests.Data;

public sealed class DataMembersTests
{
    [Theory]
    [InlineData("{}", """{"k":1}""")]
    [InlineData("""{"k":0}""", """{"k":1}""")]
    [InlineData("""{"a":0}""", """{"a":0,"k":1}""")]
    [InlineData("""{"k":{"k":2},"z":[3]}""", """{"k":1,"z":[3]}""")]
    [InlineData("""{"a":{"k":2},"k":"}","z":1.0}""", """{"a":{"k":2},"k":1,"z":1.0}""")]
    [InlineData("""{"\u006b":0}""", """{"\u006b":1}""")]
    public void A_value_takes_the_place_of_the_one_before_or_goes_to_the_end(string before, string after) =>
        Assert.Equal(after, Json(DataOf(before).With(Key("k"), Parsed(" 1 "))));

    [Theory]
    [InlineData("""{"k":0}""", "{}")]
    [InlineData("""{"k":0,"z":1}""", """{"z":1}""")]
    [InlineData("""{"a":1,"k":0}""", """{"a":1}""")]
    [InlineData("""{"a":1,"k":[0,{"k":1}],"z":1}""", """{"a":1,"z":1}""")]
    public void Only_that_member_is_taken_out(string before, string after) =>
        Assert.Equal(after, Json(Value(DataOf(before).Without(Key("k")))));

    [Fact]
    public void A_key_that_is_only_deeper_down_is_missing()
    {
        var data = DataOf("""{"a":{"k":1},"K":2,"kk":3}""");

        Assert.Equal(RefusalKind.Missing, data.Find(Key("k")).Refusal?.Kind);
        Assert.Equal(RefusalKind.Missing, data.Without(Key("k")).Refusal?.Kind);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("quote \" and \\ slash /")]
    [InlineData("grün 🦊")]
    [InlineData("line\nbreak\u0001\u007f\u2028")]
    [InlineData("<+&'>")]
    public void Any_name_is_found_again_and_is_JSON(string name)
    {
        var data = DataOf("""{"a":1}""").With(Key(name), Parsed("null"));

        Assert.Equal("null", Encoding.UTF8.GetString(Value(data.Find(Key(name))).Utf8.Span));
        Assert.Equal(["a", name], data.ToObject().Select(member => member.Key));
        Assert.Equal("""{"a":1}""", Json(Value(data.Without(Key(name)))));
    }

    [Fact]
    public void Spliced_data_is_what_parsing_it_would_make()
    {
        var data = DataOf("{}").With(Key("grün 🦊\n\"<"), Parsed(""" [ "\ud83e\udd8a" , 1.50 ] """)).With(Key("b"), Parsed("\"x\""));

        Assert.Equal(Json(DataOf(Json(data))), Json(data));
    }

    [Fact]
    public void A_key_has_1_to_256_characters()
    {
        Assert.Equal(RefusalKind.NotAllowed, DataKey.Parse("").Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, DataKey.Parse(new string('k', 257)).Refusal?.Kind);
        Assert.Null(DataKey.Parse(new string('k', 256)).Refusal);
    }

    [Fact]
    public void The_object_around_a_value_counts_for_its_depth()
    {
        static string Nested(int levels) => new string('[', levels) + new string(']', levels);

        Assert.Equal(RefusalKind.NotAllowed, DataValue.Parse(Encoding.UTF8.GetBytes(Nested(32))).Refusal?.Kind);
        var data = DataOf("{}").With(Key("k"), Parsed(Nested(31)));
        Assert.Null(SessionData.Parse(data.Utf8.ToArray()).Refusal);
        Assert.Equal(Nested(31), Encoding.UTF8.GetString(Value(data.Find(Key("k"))).Utf8.Span));
    }

    private static DataKey Key(string name) => Value(DataKey.Parse(name));

    private static DataValue Parsed(string json) => Value(DataValue.Parse(Encoding.UTF8.GetBytes(json)));
}

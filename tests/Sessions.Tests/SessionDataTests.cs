using System.Text;
using System.Text.Json.Nodes;
using Sessions.Data;

using static SessionFunctions.Testing.SessionWorld;

namespace Sessions.Tests;

public sealed class SessionDataTests
{
    [Theory]
    [InlineData(" \r\n\t{ \"a\" : [ 1 , 2 ] ,\n\"b\" : { } }\n", """{"a":[1,2],"b":{}}""")]
    [InlineData("""{"a b":"c  d","e":"\t"}""", """{"a b":"c  d","e":"\t"}""")] // white space in strings stays
    [InlineData("""{"a":"{ \"b\" : 1 }"}""", """{"a":"{ \"b\" : 1 }"}""")] // a quote that is escaped ends no string
    [InlineData("""{"a":"\\","b" : 1}""", """{"a":"\\","b":1}""")]
    public void White_space_goes_where_it_means_nothing(string json, string compact) => Assert.Equal(compact, Json(DataOf(json)));

    [Theory]
    [InlineData("""{"a":"\u00fc\u20ac"}""", """{"a":"ü€"}""")]
    [InlineData("""{"\ud83e\udd8a":"\uD83E\uDD8A!"}""", """{"🦊":"🦊!"}""")]
    [InlineData("""{"a":"\u0041\u003c\u0000\n\/\u007f"}""", """{"a":"\u0041\u003c\u0000\n\/\u007f"}""")] // ASCII stays as it was sent
    [InlineData("""{"a":"\\u00fc"}""", """{"a":"\\u00fc"}""")] // a backslash, then letters: no escape
    [InlineData("""{"a":"\\\u00fc"}""", """{"a":"\\ü"}""")]
    public void Letters_that_were_escaped_become_themselves(string json, string compact) => Assert.Equal(compact, Json(DataOf(json)));

    [Theory]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("1e400")]
    [InlineData("-0")]
    [InlineData("1.0")]
    [InlineData("1E+2")]
    public void Numbers_stay_as_they_were_written(string number)
    {
        var data = DataOf($$"""{"n":{{number}}}""");

        Assert.Equal($$"""{"n":{{number}}}""", Json(data));
        Assert.Equal($$"""{"n":{{number}},"m":1}""", Json(MergePatch.Apply(data, DataOf("""{"m":1}"""))));
    }

    [Fact]
    public void The_order_of_names_stays() => Assert.Equal("""{"b":1,"a":2,"B":3}""", Json(DataOf("""{"b":1,"a":2,"B":3}""")));

    [Fact]
    public void It_is_never_longer_than_what_was_sent()
    {
        const string Sent = """ { "a" : "\u00fc\ud83e\udd8a\u0041" } """;

        Assert.Equal("""{"a":"ü🦊\u0041"}""", Json(DataOf(Sent)));
        Assert.True(DataOf(Sent).Size < Encoding.UTF8.GetByteCount(Sent));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("0")]
    [InlineData("\"{}\"")]
    public void What_is_no_object_is_refused_by_the_name_it_was_given(string json) =>
        Assert.Equal(
            Refusal.NotAllowed("The claims must be a JSON object."), SessionData.Parse(Encoding.UTF8.GetBytes(json), "The claims").Refusal);

    [Theory]
    [InlineData("{", RefusalKind.Malformed)]
    [InlineData("""{"a":1,"a":2}""", RefusalKind.Malformed)]
    [InlineData("""{"a":"\ud800"}""", RefusalKind.Malformed)]
    public void The_rules_for_json_hold(string json, RefusalKind kind) =>
        Assert.Equal(kind, SessionData.Parse(Encoding.UTF8.GetBytes(json)).Refusal?.Kind);

    [Fact]
    public void Thirty_two_levels_are_taken_and_read_back()
    {
        var json = string.Concat(Enumerable.Repeat("{\"a\":", 31)) + "{}" + new string('}', 31);

        Assert.Equal(json, Json(Value(SessionData.From(DataOf(json).ToObject()))));
        Assert.Equal(RefusalKind.NotAllowed, SessionData.Parse(Encoding.UTF8.GetBytes($$"""{"a":{{json}}}""")).Refusal?.Kind);
    }

    [Fact]
    public void A_tree_that_has_grown_too_deep_is_refused()
    {
        var tree = new JsonObject();
        for (var i = 0; i < 32; i++)
        {
            tree = new JsonObject { ["a"] = tree };
        }

        Assert.Equal(RefusalKind.NotAllowed, SessionData.From(tree).Refusal?.Kind);
    }

    [Fact]
    public void A_tree_is_a_copy() // or one call's change would reach another that fails later
    {
        var data = DataOf("""{"a":{"b":1}}""");

        data.ToObject()["a"]!["b"] = 2;

        Assert.Equal("""{"a":{"b":1}}""", Json(data));
    }

    [Fact]
    public void Empty_data_is_an_empty_object() => Assert.Equal("{}", Json(SessionData.Empty));
}

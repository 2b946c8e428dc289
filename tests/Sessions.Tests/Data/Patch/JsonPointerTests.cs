using System.Text.Json.Nodes;
using Sessions.Data.Patch;

namespace Sessions.Tests.Data.Patch;

public sealed class JsonPointerTests
{
    /// <summary>The document of RFC 6901, section 5.</summary>
    private const string Document =
        """
        { "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8 }
        """;

    [Theory]
    [InlineData("/foo", """["bar","baz"]""")]
    [InlineData("/foo/0", "\"bar\"")]
    [InlineData("/", "0")]
    [InlineData("/a~1b", "1")]
    [InlineData("/c%d", "2")]
    [InlineData("/e^f", "3")]
    [InlineData("/g|h", "4")]
    [InlineData("/i\\j", "5")]
    [InlineData("/k\"l", "6")]
    [InlineData("/ ", "7")]
    [InlineData("/m~0n", "8")]
    public void Every_example_of_the_RFC_points_where_it_says(string place, string value) =>
        Assert.Equal(value, Find(Document, place)!.ToJsonString());

    [Fact]
    public void The_empty_pointer_is_the_whole_document() => Assert.Equal(10, Find(Document, "")!.AsObject().Count);

    [Fact]
    public void Tilde_one_is_unescaped_before_tilde_zero() => Assert.Equal("1", Find("""{"~1":1,"/":2}""", "/~01")!.ToJsonString());

    [Theory]
    [InlineData("foo")]
    [InlineData("#/foo")]
    [InlineData("/~")]
    [InlineData("/a~2b")]
    [InlineData("/ok/~0~")]
    public void Text_outside_the_grammar_is_no_pointer(string text) => Assert.Null(JsonPointer.TryParse(text));

    [Theory]
    [InlineData("/foo/2")]
    [InlineData("/foo/-")]
    [InlineData("/foo/00")]
    [InlineData("/foo/01")]
    [InlineData("/foo/+1")]
    [InlineData("/foo/-1")]
    [InlineData("/foo/1 ")]
    [InlineData("/foo/1e0")]
    [InlineData("/foo/٠")]
    [InlineData("/foo/4294967296")]
    [InlineData("/foo/99999999999999999999999")]
    [InlineData("/foo/")]
    [InlineData("/foo/0/0")]
    [InlineData("/bar")]
    [InlineData("//x")]
    public void There_is_nothing_at_a_place_that_does_not_exist(string place) =>
        Assert.False(JsonPointer.TryParse(place)!.TryFind(JsonNode.Parse(Document), out _));

    [Fact]
    public void Null_is_something() => Assert.True(JsonPointer.TryParse("/a")!.TryFind(JsonNode.Parse("""{"a":null}"""), out _));

    private static JsonNode? Find(string document, string place)
    {
        Assert.True(JsonPointer.TryParse(place)!.TryFind(JsonNode.Parse(document), out var found));
        return found;
    }
}

using static Sessions.Tests.Data.Patch.Patches;

namespace Sessions.Tests.Data.Patch;

/// <summary>The examples of RFC 6902, appendix A, by their numbers.</summary>
public sealed class JsonPatchExampleTests
{
    [Theory]
    [InlineData(
        "A.1 Adding an object member", """{"foo":"bar"}""",
        """[{"op":"add","path":"/baz","value":"qux"}]""", """{"foo":"bar","baz":"qux"}""")]
    [InlineData(
        "A.2 Adding an array element", """{"foo":["bar","baz"]}""",
        """[{"op":"add","path":"/foo/1","value":"qux"}]""", """{"foo":["bar","qux","baz"]}""")]
    [InlineData(
        "A.3 Removing an object member", """{"baz":"qux","foo":"bar"}""", """[{"op":"remove","path":"/baz"}]""", """{"foo":"bar"}""")]
    [InlineData(
        "A.4 Removing an array element", """{"foo":["bar","qux","baz"]}""",
        """[{"op":"remove","path":"/foo/1"}]""", """{"foo":["bar","baz"]}""")]
    [InlineData(
        "A.5 Replacing a value", """{"baz":"qux","foo":"bar"}""",
        """[{"op":"replace","path":"/baz","value":"boo"}]""", """{"baz":"boo","foo":"bar"}""")]
    [InlineData(
        "A.6 Moving a value",
        """{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}""",
        """[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]""",
        """{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}""")]
    [InlineData(
        "A.7 Moving an array element",
        """{"foo":["all","grass","cows","eat"]}""",
        """[{"op":"move","from":"/foo/1","path":"/foo/3"}]""",
        """{"foo":["all","cows","eat","grass"]}""")]
    [InlineData(
        "A.8 Testing a value: success",
        """{"baz":"qux","foo":["a",2,"c"]}""",
        """[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]""",
        """{"baz":"qux","foo":["a",2,"c"]}""")]
    [InlineData(
        "A.10 Adding a nested member object",
        """{"foo":"bar"}""",
        """[{"op":"add","path":"/child","value":{"grandchild":{}}}]""",
        """{"foo":"bar","child":{"grandchild":{}}}""")]
    [InlineData(
        "A.11 Ignoring unrecognized elements",
        """{"foo":"bar"}""",
        """[{"op":"add","path":"/baz","value":"qux","xyz":123}]""",
        """{"foo":"bar","baz":"qux"}""")]
    [InlineData("A.14 ~ Escape ordering", """{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":10}]""", """{"/":9,"~1":10}""")]
    [InlineData(
        "A.16 Adding an array value", """{"foo":["bar"]}""",
        """[{"op":"add","path":"/foo/-","value":["abc","def"]}]""", """{"foo":["bar",["abc","def"]]}""")]
    public void An_example_that_works_gives_its_result(string example, string document, string patch, string result) =>
        Assert.Equal((example, result), (example, Applied(document, patch)));

    [Theory]
    [InlineData("A.9 Testing a value: error", """{"baz":"qux"}""", """[{"op":"test","path":"/baz","value":"bar"}]""", RefusalKind.Conflict)]
    [InlineData(
        "A.12 Adding to a nonexistent target", """{"foo":"bar"}""",
        """[{"op":"add","path":"/baz/bat","value":"qux"}]""", RefusalKind.Conflict)]
    [InlineData(
        "A.13 Invalid JSON Patch document", """{"foo":"bar"}""",
        """[{"op":"add","path":"/baz","value":"qux","op":"remove"}]""", RefusalKind.Malformed)]
    [InlineData(
        "A.15 Comparing strings and numbers", """{"/":9,"~1":10}""",
        """[{"op":"test","path":"/~01","value":"10"}]""", RefusalKind.Conflict)]
    public void An_example_that_fails_is_refused(string example, string document, string patch, RefusalKind kind) =>
        Assert.Equal((example, kind), (example, Refused(document, patch)));
}

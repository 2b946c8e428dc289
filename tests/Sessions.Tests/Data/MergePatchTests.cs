using System.Text;
using Sessions.Data;

using static SessionFunctions.Testing.SessionWorld;

namespace Sessions.Tests.Data;

public sealed class MergePatchTests
{
    /// <summary>https://www.rfc-editor.org/rfc/rfc7396#appendix-A, all of it.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void The_RFCs_examples_come_out_as_it_says(string target, string patch, string result) =>
        Assert.Equal(result, Encoding.UTF8.GetString(MergePatch.Apply(Encoding.UTF8.GetBytes(target), Encoding.UTF8.GetBytes(patch))));

    /// <summary>Those of them that data can meet: both an object.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a":1}""", "{}", """{"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":{"b":{"c":null,"d":2}}}""", """{"a":{"b":{"d":2}}}""")]
    [InlineData("""{"a":[1,null]}""", """{"a":[null]}""", """{"a":[null]}""")] // nulls in an array are values
    public void Data_is_patched_the_same_way(string target, string patch, string result) =>
        Assert.Equal(result, Json(MergePatch.Apply(DataOf(target), DataOf(patch))));

    [Fact]
    public void Neither_side_is_changed()
    {
        var (target, patch) = (DataOf("""{"a":{"b":1}}"""), DataOf("""{"a":{"c":2}}"""));

        MergePatch.Apply(target, patch);

        Assert.Equal(("""{"a":{"b":1}}""", """{"a":{"c":2}}"""), (Json(target), Json(patch)));
    }

    [Theory]
    [InlineData("""{"html":"<a href='x'>R&D</a> + `b`"}""")]
    [InlineData("""{"quoted":"say \"hi\" \\ \n\t"}""")]
    [InlineData("""{"grün":"🦊 \u0001"}""")]
    [InlineData("""{"n":123456789012345678901234567890.10}""")]
    public void What_a_patch_does_not_name_stays_byte_for_byte(string json) =>
        Assert.Equal(json, Json(MergePatch.Apply(DataOf(json), DataOf("""{"other":null}"""))));

    [Fact]
    public void A_patch_may_remove_what_is_not_there() =>
        Assert.Equal("{}", Json(MergePatch.Apply(SessionData.Empty, DataOf("""{"a":null}"""))));

    [Fact]
    public void Patches_of_many_levels_are_applied_whole()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 31)) + "{}" + new string('}', 31);

        Assert.Equal(deep, Json(MergePatch.Apply(SessionData.Empty, DataOf(deep))));
    }
}

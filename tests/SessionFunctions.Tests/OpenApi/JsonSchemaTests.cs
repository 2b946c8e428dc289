using System.Text.Json;

namespace SessionFunctions.Tests.OpenApi;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("true", "1")]
    [InlineData("{}", "null")]
    [InlineData("""{"description":"any","title":"t","default":1,"examples":[2]}""", "\"x\"")]
    [InlineData("""{"type":"integer"}""", "1.0")]
    [InlineData("""{"type":["string","null"]}""", "null")]
    [InlineData("""{"type":"array","items":{"type":"number"},"minItems":1,"maxItems":2}""", "[1,2.5]")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1]}""")]
    [InlineData("""{"enum":["a",null]}""", "null")]
    [InlineData("""{"minimum":1,"maximum":1,"exclusiveMinimum":0}""", "1")]
    [InlineData("""{"minimum":5,"minLength":9,"minItems":9,"pattern":"^x","format":"date-time","required":["a"]}""", "true")]
    [InlineData("""{"minLength":1,"maxLength":1}""", "\"😀\"")]
    [InlineData("""{"pattern":"^a+$"}""", "\"aa\"")]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2030-01-01T00:00:00.123Z\"")]
    [InlineData("""{"properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""", """{"a":"x"}""")]
    [InlineData("""{"properties":{"a":{"type":"string"}},"additionalProperties":{"type":"number"}}""", """{"b":1}""")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"number"}]}""", "1")]
    [InlineData("""{"$ref":"#/$defs/positive","maximum":3}""", "3")]
    public void What_fits_has_no_fault(string schema, string instance) => Assert.Empty(Check(schema, instance));

    [Theory]
    [InlineData("false", "1")]
    [InlineData("""{"type":"integer"}""", "1.5")]
    [InlineData("""{"type":"number"}""", "\"1\"")]
    [InlineData("""{"type":"boolean"}""", "null")]
    [InlineData("""{"type":"object"}""", "[]")]
    [InlineData("""{"type":["string","null"]}""", "1")]
    [InlineData("""{"items":{"type":"number"}}""", "[1,\"2\"]")]
    [InlineData("""{"minItems":1}""", "[]")]
    [InlineData("""{"maxItems":1}""", "[1,2]")]
    [InlineData("""{"const":"a"}""", "\"b\"")]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"")]
    [InlineData("""{"minimum":1}""", "0.5")]
    [InlineData("""{"maximum":1}""", "2")]
    [InlineData("""{"exclusiveMinimum":0}""", "0")]
    [InlineData("""{"minLength":2}""", "\"😀\"")]
    [InlineData("""{"maxLength":1}""", "\"ab\"")]
    [InlineData("""{"pattern":"^a+$"}""", "\"ab\"")]
    [InlineData("""{"format":"date-time"}""", "\"2030-01-01 00:00:00Z\"")]
    [InlineData("""{"format":"date-time"}""", "\"2030-02-30T00:00:00Z\"")]
    [InlineData("""{"required":["a"]}""", """{"b":1}""")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1,"b":2}""")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":{"type":"string"}}""", """{"a":1,"b":2}""")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"number"}]}""", "true")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "1")]
    [InlineData("""{"$ref":"#/$defs/positive"}""", "0")]
    [InlineData("""{"$ref":"#/$defs/positive","maximum":3}""", "4")]
    public void What_does_not_fit_has_one(string schema, string instance) => Assert.Single(Check(schema, instance));

    [Fact]
    public void A_fault_says_where_it_is() =>
        Assert.Equal(
            ["/list/1/a is 1, against type \"string\""],
            Check("""{"properties":{"list":{"items":{"properties":{"a":{"type":"string"}}}}}}""", """{"list":[{},{"a":1}]}"""));

    [Theory]
    [InlineData("""{"minProperties":1}""")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"format":"email"}""")]
    [InlineData("""{"properties":{"a":{"allOf":[]}}}""")]
    public void What_it_does_not_know_it_refuses(string schema) =>
        Assert.Throws<NotSupportedException>(() => Check(schema, schema.Contains("properties\"", StringComparison.Ordinal) ? """{"a":1}""" : "\"x\""));

    [Fact]
    public void A_reference_to_nothing_is_refused() =>
        Assert.Throws<KeyNotFoundException>(() => Check("""{"$ref":"#/$defs/none"}""", "1"));

    private static IReadOnlyList<string> Check(string schema, string instance) =>
        new JsonSchema(Parse("""{"$defs":{"positive":{"exclusiveMinimum":0}}}""")).Check(Parse(schema), Parse(instance));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}

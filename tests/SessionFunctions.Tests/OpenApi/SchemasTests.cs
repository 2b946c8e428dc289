using System.Text.Json;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>That the library is strict where we ask it to be.</summary>
public sealed class SchemasTests
{
    private static readonly Schemas Schemas = new(Parse("""{"components":{"positive":{"exclusiveMinimum":0},"wrong":{"minimun":1}}}"""));

    [Theory]
    [InlineData("""{"format":"date-time"}""", "\"2030-01-01T00:00:00.123Z\"")]
    [InlineData("""{"minLength":1,"maxLength":1}""", "\"😀\"")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"number"}]}""", "1")]
    [InlineData("""{"$ref":"#/components/positive","maximum":3}""", "3")]
    public void What_fits_has_no_fault(string schema, string instance) => Assert.Empty(Schemas.Check(Parse(schema), Parse(instance)));

    [Theory]
    [InlineData("""{"format":"date-time"}""", "\"2030-01-01 00:00:00Z\"")]
    [InlineData("""{"format":"date-time"}""", "\"2030-02-30T00:00:00Z\"")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "1")]
    [InlineData("""{"$ref":"#/components/positive","maximum":3}""", "4")]
    [InlineData("""{"$ref":"#/components/positive","maximum":3}""", "0")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1,"b":2}""")]
    public void What_does_not_fit_has_one(string schema, string instance) => Assert.Single(Schemas.Check(Parse(schema), Parse(instance)));

    [Theory]
    [InlineData("""{"minimun":1}""")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"properties":{"a":{"allOf":[]}}}""")]
    [InlineData("""{"$ref":"#/components/wrong"}""")]
    [InlineData("""{"$ref":"#/components/none"}""")]
    public void What_the_document_cannot_mean_is_refused(string schema) =>
        Assert.ThrowsAny<Exception>(() => Schemas.Check(Parse(schema), Parse("1")));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}

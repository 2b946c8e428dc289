using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>The document by itself: well-formed, with no loose ends, and with examples that keep their own rules.</summary>
public sealed class DocumentFormTests
{
    private static readonly Contract Contract = Contract.Document;

    private static readonly string Text = Contract.Root.GetRawText();

    [Fact]
    public async Task It_is_OpenAPI_3_1()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Text));

        var read = await OpenApiDocument.LoadAsync(stream, "json");

        Assert.Empty(read.Diagnostic!.Errors.Concat(read.Diagnostic.Warnings).Select(fault => $"{fault.Pointer}: {fault.Message}"));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Equal(Contract.Operations.Count, read.Document!.Paths.Sum(path => path.Value.Operations!.Count));
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_component_is_used()
    {
        var used = Regex.Matches(Text, "\"(?<at>#/components/[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
            .Select(reference => reference.Groups["at"].Value).ToHashSet();
        var named = Contract.Root.GetProperty("components").EnumerateObject().Where(kind => kind.Name != "securitySchemes")
            .SelectMany(kind => kind.Value.EnumerateObject(), (kind, component) => $"#/components/{kind.Name}/{component.Name}");

        Assert.Equal(named.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_operation_is_told_apart_explained_and_under_a_known_tag()
    {
        var tags = Contract.Root.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()).ToList();

        Assert.Equal(Contract.Operations.Count, Contract.Operations.Select(operation => operation.Id).Distinct().Count());
        Assert.All(Contract.Operations, operation =>
        {
            Assert.NotEmpty(operation.Json.GetProperty("summary").GetString()!);
            Assert.NotEmpty(operation.Json.GetProperty("description").GetString()!);
            Assert.Contains(operation.Json.GetProperty("tags")[0].GetString(), tags);
            Assert.Contains(operation.Responses, response => response.Status < 300);
            Assert.Contains(operation.Responses, response => response.Status == 500);
        });
    }

    [Fact]
    public void Every_parameter_of_a_path_is_described() =>
        Assert.All(Contract.Operations, operation => Assert.Equal(
            Regex.Matches(operation.Path, @"(?<={)\w+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(name => name.Value),
            operation.Parameters.Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => parameter.GetProperty("name").GetString()!)));

    [Fact]
    public void Every_body_has_an_example_and_every_example_keeps_to_its_schema() =>
        Assert.All(Bodies(), body =>
        {
            Assert.NotEmpty(body.Media.GetProperty("examples").EnumerateObject());
            foreach (var example in body.Media.GetProperty("examples").EnumerateObject())
            {
                Assert.Empty(Contract.Schemas.Check(body.Media.GetProperty("schema"), example.Value.GetProperty("value")).Select(fault => $"{body.Where} {example.Name}: {fault}"));
            }
        });

    [Fact]
    public void So_do_the_examples_of_headers_parameters_and_schemas()
    {
        var components = Contract.Root.GetProperty("components");
        var single = from kind in (string[])["headers", "parameters"]
                     from component in components.GetProperty(kind).EnumerateObject()
                     where component.Value.TryGetProperty("example", out _)
                     select (component.Name, Schema: component.Value.GetProperty("schema"), Example: component.Value.GetProperty("example"));
        var several = from schema in components.GetProperty("schemas").EnumerateObject()
                      where schema.Value.TryGetProperty("examples", out _)
                      from example in schema.Value.GetProperty("examples").EnumerateArray()
                      select (schema.Name, Schema: schema.Value, Example: example);

        Assert.All(single.Concat(several), one => Assert.Empty(Contract.Schemas.Check(one.Schema, one.Example).Select(fault => $"{one.Name}: {fault}")));
    }

    [Fact]
    public void Every_format_is_one_that_is_checked() => Assert.All(
        Regex.Matches(Text, "\"format\": *\"(?<name>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)),
        format => Assert.Equal("date-time", format.Groups["name"].Value));

    [Fact]
    public void Every_problem_in_the_code_is_a_type_in_the_document()
    {
        var types = Contract.Schemas.Resolve("#/components/schemas/Problem/properties/type/enum").EnumerateArray().Select(type => type.GetString()!.Split(':')[^1]);
        var sources = Directory.EnumerateFiles(Path.Combine(Testing.RepoRoot.Path, "src"), "Problem*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Testing.RepoRoot.Path, "src"), "FunctionKeys.cs", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(Testing.RepoRoot.Path, "src"), "HttpFunctions.cs", SearchOption.AllDirectories));
        var slugs = sources.SelectMany(file => Regex.Matches(File.ReadAllText(file), "\"(?<slug>[a-z]+(-[a-z]+)+|busy|conflict)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
            .Select(slug => slug.Groups["slug"].Value).Where(slug => !slug.StartsWith("no-", StringComparison.Ordinal) && slug != "x-functions-key");

        Assert.Equal(types.Order(StringComparer.Ordinal), slugs.Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Where, JsonElement Media)> Bodies()
    {
        var requests = from operation in Contract.Operations
                       where operation.Json.TryGetProperty("requestBody", out _)
                       from content in operation.Json.GetProperty("requestBody").GetProperty("content").EnumerateObject()
                       select ($"{operation} request", content.Value);
        var answers = from operation in Contract.Operations
                      from response in operation.Responses
                      where response.Json.TryGetProperty("content", out _)
                      from content in response.Json.GetProperty("content").EnumerateObject()
                      select ($"{operation} {response.Status}", content.Value);
        return requests.Concat(answers);
    }
}

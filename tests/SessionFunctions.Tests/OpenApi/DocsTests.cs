using System.Text.RegularExpressions;
using SessionFunctions.OpenApi;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>/openapi.json, /docs and its files.</summary>
public sealed class DocsTests() : ApiSuite(Storage.Memory)
{
    [Fact]
    public async Task The_document_is_served_as_it_was_written_and_may_be_kept_for_a_while()
    {
        using var answer = await Api.Http.GetAsync("openapi.json");

        Assert.Equal(Contract.Document.Root.GetRawText(), (await answer.Content.ReadAsStringAsync()).Trim());
        Assert.Equal("public, max-age=300", $"{answer.Headers.CacheControl}");
    }

    [Fact]
    public async Task Everything_that_the_page_loads_is_here_and_may_be_kept_for_good()
    {
        var page = await Api.Http.GetStringAsync("docs");
        var loaded = Regex.Matches(page, "(?:src|href)=\"(?<address>docs/[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(file => file.Groups["address"].Value).ToList();

        Assert.NotEmpty(loaded);
        foreach (var address in loaded)
        {
            using var answer = await Api.Http.GetAsync(address);
            Assert.Equal((200, "public, max-age=31536000, immutable"), ((int)answer.StatusCode, $"{answer.Headers.CacheControl}"));
        }
    }

    [Fact]
    public async Task A_file_of_another_version_may_be_kept_for_a_while_only()
    {
        using var answer = await Api.Http.GetAsync("docs/page.css?v=0000000000000000");

        Assert.Equal("public, max-age=300", $"{answer.Headers.CacheControl}");
    }

    [Theory]
    [InlineData("nothing.js")]
    [InlineData("openapi.json")]
    [InlineData("..%2Fopenapi.json")]
    [InlineData("PAGE.CSS")]
    public async Task No_other_file_is_served(string name)
    {
        using var answer = await Api.Http.GetAsync($"docs/{name}");

        Assert.Equal(404, (int)answer.StatusCode);
    }

    /// <summary>The page of a build without the npm package, and of a browser without scripts.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_page_itself_lists_every_operation(bool withExplorer)
    {
        var page = DocsPage.Render(withExplorer && DocsAssets.HaveExplorer);

        Assert.All(Contract.Document.Operations, operation => Assert.Contains($"<h3>{operation.Method} {operation.Path}</h3>", page, StringComparison.Ordinal));
        Assert.All(Contract.Document.Operations, operation => Assert.Contains(System.Net.WebUtility.HtmlEncode(operation.Json.GetProperty("summary").GetString()!), page, StringComparison.Ordinal));
        Assert.Equal(withExplorer && DocsAssets.HaveExplorer, page.Contains("<script", StringComparison.Ordinal));
    }
}

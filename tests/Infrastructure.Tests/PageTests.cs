using System.Text.RegularExpressions;

namespace Infrastructure.Tests;

/// <summary>What the pages point at is there.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Repository.Root, "*.md").Select(file => Path.GetFileName(file)), .. Repository.Files("docs", "*.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_to_a_file_and_a_section_that_exist(string page) =>
        Assert.All(Names(Link(), Repository.Read(page)), link =>
        {
            var (path, section) = link.Split('#') is [var file, var anchor] ? (file, anchor) : (link, "");
            var target = path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, path);

            Assert.True(Path.Exists(Repository.At(target)), $"{target} doesn't exist");
            Assert.True(section.Length == 0 || SectionsOf(target).Contains(section), $"{target} has no section {section}");
        });

    [Theory]
    [InlineData("docs/security.md")]
    [InlineData("docs/cost.md")]
    public void A_page_cites_tests_that_exist(string page)
    {
        var tests = Repository.Files("tests", "*.cs").SelectMany(file => Names(Test(), Repository.Read(file))).ToHashSet();
        var rows = Repository.Read(page).Split('\n').Where(line => line.StartsWith('|'));

        Assert.All(rows.SelectMany(row => Names(Quoted(), row.Split('|')[^2])), name => Assert.Contains(name, tests));
    }

    [Fact]
    public async Task The_page_of_deployment_names_parameters_outputs_and_variables_that_exist()
    {
        var (page, template) = (Repository.Read("docs/deploy.md"), (await Deployment.PlainAsync()).Template);

        Assert.All(Names(Parameter(), page), name => Assert.NotNull(template.At($"parameters.{name}")));
        Assert.All(Names(Output(), page), name => Assert.NotNull(template.At($"outputs.{name}")));
        var parameters = Repository.Read("infra/main.bicepparam");
        Assert.All(Names(Variable(), page), name => Assert.Contains($"'{name}'", parameters, StringComparison.Ordinal));
    }

    private static HashSet<string> SectionsOf(string page) =>
        [.. Names(Heading(), Repository.Read(page)).Select(title => NoWord().Replace(title.ToLowerInvariant(), "").Replace(' ', '-'))];

    private static IEnumerable<string> Names(Regex regex, string text) => regex.Matches(text).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"\]\((?<name>(?!https?:|mailto:)[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<name>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex NoWord();

    [GeneratedRegex(@"\b(Task|ValueTask|void) (?<name>\w+)\(", RegexOptions.ExplicitCapture)]
    private static partial Regex Test();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bparam (?<name>\w+) =|`(?<name>\w+) = [^`]*`", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"output\s+`(?<name>\w+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Output();

    [GeneratedRegex(@"\b(?<name>SESSIONS_[A-Z_]+)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}

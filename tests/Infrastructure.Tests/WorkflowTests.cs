using System.Text.RegularExpressions;

namespace Infrastructure.Tests;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> Files => [.. Repository.Files(".github/workflows", "*.yml")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_action_is_pinned_by_a_full_commit_beside_its_version(string file) =>
        Assert.All(
            Uses().Matches(Repository.Read(file)).Select(match => match.Groups["use"].Value),
            use => Assert.Matches(@"^\./|^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", use));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_workflow_may_only_read_unless_a_job_says_more(string file) =>
        Assert.Matches(@"\npermissions:\n  contents: read\n(?! )", Repository.Read(file));

    /// <summary>An expression in a script is pasted into it before the shell reads it.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Strangers_get_neither_our_rights_nor_a_secret_nor_a_word_in_a_script(string file)
    {
        var text = Repository.Read(file);

        Assert.DoesNotMatch(@"pull_request_target|\bsecrets[.\[]|write-all", text);
        Assert.DoesNotMatch(@"\brun: (?!\|)[^\n]*\$\{\{|\brun: \|\n(?: {10}[^\n]*\n|\n)*? {10}[^\n]*\$\{\{", text);
    }

    [GeneratedRegex(@"^\s*(- )?uses: (?<use>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Uses();
}

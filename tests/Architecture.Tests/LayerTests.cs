namespace Architecture.Tests;

/// <summary>What is kept from whom: the table from all but the rows, web and cloud from the domain, refusals from the rows.</summary>
public sealed class LayerTests
{
    private const string Table = "Sessions.Table";

    private static readonly string[] WebAndCloud = ["Microsoft.AspNetCore.", "System.Net.", "Azure.", "Microsoft.Azure."];

    [Fact]
    public void Of_the_domain_only_the_rows_see_the_table() => Rule.Holds(
        "Only Sessions.Rows sees Sessions.Table",
        SourceProject.Domain.Sights.Where(sight =>
            sight.Seen.Namespace == Table
            && sight.Viewer.Namespace is not (Table or "Sessions.Rows")
            && sight.Viewer.FullName != "Sessions.SessionsModule"));

    [Fact]
    public void The_function_app_and_its_host_do_not_see_the_table() => Rule.Holds(
        "Nobody but the domain and the tables' adapters sees Sessions.Table",
        SourceProject.Functions.Sights.Concat(SourceProject.SelfHost.Sights).Where(sight => sight.Seen.Namespace == Table));

    [Fact]
    public void The_adapter_sees_the_table_and_what_all_share_and_nothing_else_of_the_domain() => Rule.Holds(
        "Sessions.AzureTables sees Sessions and Sessions.Table alone",
        SourceProject.AzureTables.Sights.Where(sight =>
            sight.Seen.Scope.Name == SourceProject.Domain.Name && sight.Seen.Namespace is not ("Sessions" or Table)));

    [Fact]
    public void The_domain_knows_neither_HTTP_nor_Azure() => Rule.Holds(
        "The domain sees no type of the web or the cloud",
        SourceProject.Domain.Sights.Where(sight =>
            WebAndCloud.Any(name => $"{sight.Seen.Scope.Name}.".StartsWith(name, StringComparison.Ordinal))));

    [Fact]
    public void The_rows_know_outcomes_and_no_refusals() => Rule.Holds(
        "Sessions.Rows doesn't know Refusal or Result",
        SourceProject.Domain.Sights.Where(sight =>
            sight.Viewer.Namespace == "Sessions.Rows"
            && sight.Seen.FullName is "Sessions.Refusal" or "Sessions.RefusalKind" or "Sessions.Result`1"));
}

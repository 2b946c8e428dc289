
namespace Architecture.Tests;

/// <summary>Which folder of a project sees which. What every folder shares is in the project's own folder, and sees none of them.</summary>
public sealed class FolderTests
{
    /// <summary>What puts a project together sees all of it; the last one is the Functions SDK's, which calls every function.</summary>
    private static readonly string[] CompositionRoots = ["SessionsModule", "Composition", "DirectFunctionExecutor"];

    private static readonly Dictionary<string, string[]> InDomain = new()
    {
        ["Create"] = ["Rows", "Users"],
        ["Use"] = ["Rows"],
        ["Data"] = ["Use"],
        ["SignIn"] = ["Rows", "Use", "Data", "Users"],
        ["Users"] = ["Rows", "Use"],
        ["Operate"] = ["Rows", "Use", "Data"],
        ["Cleanup"] = ["Rows"],
        ["Rows"] = ["Table"],
    };

    private static readonly Dictionary<string, string[]> InFunctions = new()
    {
        ["Create"] = ["Entry"],
        ["Use"] = ["Entry"],
        ["Data"] = ["Entry", "Use"],
        ["SignIn"] = ["Entry", "Oidc"],
        ["Users"] = ["Entry"],
        ["Operate"] = ["Entry", "Data"],
        ["Jwt"] = ["Entry"],
        ["Health"] = ["Entry"],
        ["OpenApi"] = ["Entry"],
    };

    public static TheoryData<string> Projects => [.. SourceProject.All.Select(project => project.Name)];

    [Fact]
    public void A_capability_of_the_domain_sees_only_those_that_it_is_built_on() => CheckFolders(SourceProject.Domain, InDomain);

    [Fact]
    public void A_folder_of_the_function_app_sees_only_those_that_it_is_built_on() => CheckFolders(SourceProject.Functions, InFunctions);

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folders_see_each_other_in_a_circle(string name)
    {
        var project = SourceProject.All.Single(each => each.Name == name);
        var sights = project.AcrossFolders.Where(sight => project.FolderOf(sight.Viewer) != "").ToList();
        var seen = sights.ToLookup(sight => project.FolderOf(sight.Viewer), sight => project.FolderOf(sight.Seen));

        Rule.Holds(
            $"{name}: no folders see each other in a circle",
            sights.Where(sight => Reaches(project.FolderOf(sight.Seen), project.FolderOf(sight.Viewer), [])));

        bool Reaches(string from, string to, HashSet<string> visited) =>
            from == to || (visited.Add(from) && seen[from].Any(next => Reaches(next, to, visited)));
    }

    private static void CheckFolders(SourceProject project, Dictionary<string, string[]> allowed)
    {
        var sights = project.AcrossFolders.Where(sight => !CompositionRoots.Contains(sight.Viewer.Name)).ToList();
        Rule.Holds($"{project}: a folder sees only those that FolderTests lists for it", sights.Where(sight => !Listed(EdgeOf(sight))));

        var used = sights.Select(EdgeOf).ToHashSet();
        Rule.Holds(
            $"{project}: FolderTests lists nothing that isn't so",
            from each in allowed from seen in each.Value where !used.Contains((each.Key, seen)) select $"{each.Key} doesn't see {seen}");

        (string, string) EdgeOf(Sight sight) => (project.FolderOf(sight.Viewer), project.FolderOf(sight.Seen));

        bool Listed((string From, string To) edge) => edge.To == "" || allowed.GetValueOrDefault(edge.From, []).Contains(edge.To);
    }
}

using Mono.Cecil;

namespace Architecture.Tests;

/// <summary>Only what another project needs is public.</summary>
public sealed class PublicTests
{
    public static TheoryData<string> Projects => [.. SourceProject.All.Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void What_no_other_project_needs_is_internal(string name)
    {
        var project = SourceProject.All.Single(each => each.Name == name);
        var visible = project.Types.Where(type => type.IsPublic).ToDictionary(type => type.FullName);
        var named = SourceProject.All.Where(other => other != project)
            .SelectMany(other => other.Foreign)
            .Where(type => type.Scope.Name == name)
            .Select(type => Sight.Outermost(type).FullName);

        var needed = new HashSet<string>();
        var toLookAt = new Queue<string>(named.Concat(visible.Values.Where(IsFunctionClass).Select(type => type.FullName)));
        while (toLookAt.TryDequeue(out var next))
        {
            if (visible.TryGetValue(next, out var type) && needed.Add(next))
            {
                Sight.ShownBy(type).Select(shown => Sight.Outermost(shown).FullName).ToList().ForEach(toLookAt.Enqueue);
            }
        }

        Rule.Holds(
            $"{name}: only what another project of src names, shows or finds as a function is public",
            visible.Values.Where(type => !needed.Contains(type.FullName) && !IsGenerated(type))
                .Select(type => $"{type.FullName} is public and nobody else sees it"));
    }

    private static bool IsFunctionClass(TypeDefinition type) =>
        type.Methods.Any(method => method.CustomAttributes.Any(mark => mark.AttributeType.Name == "FunctionAttribute"));

    private static bool IsGenerated(TypeDefinition type) => type.CustomAttributes.Any(mark =>
        mark.AttributeType.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute" or "EditorBrowsableAttribute");
}

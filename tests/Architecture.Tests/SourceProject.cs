using Mono.Cecil;

namespace Architecture.Tests;

/// <summary>One project of src, as it was compiled.</summary>
internal sealed class SourceProject
{
    public static readonly SourceProject Domain = new("Sessions");
    public static readonly SourceProject AzureTables = new("Sessions.AzureTables");
    public static readonly SourceProject Functions = new("SessionFunctions");
    public static readonly SourceProject SelfHost = new("SessionFunctions.SelfHost");

    public static readonly IReadOnlyList<SourceProject> All = [Domain, AzureTables, Functions, SelfHost];

    private readonly HashSet<string> _own;

    private SourceProject(string name)
    {
        Name = name;
        var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
        Types = [.. module.Types.Where(type => type.Namespace == name || type.Namespace.StartsWith($"{name}.", StringComparison.Ordinal))];
        Foreign = [.. module.GetTypeReferences()];
        Sights = [.. Types.SelectMany(Sight.Of)];
        _own = [.. Types.Select(type => type.FullName)];
    }

    public string Name { get; }

    /// <summary>The outermost types of the project's namespaces; what compilers generate is in namespaces of theirs.</summary>
    public IReadOnlyList<TypeDefinition> Types { get; }

    /// <summary>The types of other assemblies that are named anywhere in this one.</summary>
    public IReadOnlyList<TypeReference> Foreign { get; }

    /// <summary>Who sees whom: what a type inherits, holds, takes, gives, calls or is marked with.</summary>
    public IReadOnlyList<Sight> Sights { get; }

    /// <summary>The folder that a type is in: the part of its namespace after the project's; empty for the project's own folder.</summary>
    public string FolderOf(TypeReference type) => type.Namespace == Name ? "" : type.Namespace[(Name.Length + 1)..].Split('.')[0];

    /// <summary>Who sees whom across folders.</summary>
    public IEnumerable<Sight> AcrossFolders =>
        Sights.Where(sight => _own.Contains(sight.Seen.FullName) && FolderOf(sight.Viewer) != FolderOf(sight.Seen));

    public override string ToString() => Name;
}

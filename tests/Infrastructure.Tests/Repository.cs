namespace Infrastructure.Tests;

/// <summary>The files under test, as they are in the work tree.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string At(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(At(path));

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file)).Order();

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "SessionFunctions.sln")) ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests must run from within the repository."));
}

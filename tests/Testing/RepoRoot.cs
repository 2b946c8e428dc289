namespace SessionFunctions.Testing;

public static class RepoRoot
{
    /// <summary>The folder that holds SessionFunctions.sln, found upwards from where the tests run.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "SessionFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no SessionFunctions.sln above {AppContext.BaseDirectory}.");
    }
}

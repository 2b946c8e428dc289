namespace Infrastructure.Tests;

/// <summary>What goes to Azure: the host needs each of these files, and nobody's own settings or documentation files come along.</summary>
public sealed class PublishTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public async Task The_published_app_is_what_the_host_needs_and_no_more()
    {
        var folder = Directory.CreateTempSubdirectory("session-functions-").FullName;
        try
        {
            var result = await CommandLine.RunAsync(
                "dotnet", "publish", "src/SessionFunctions", "-c", Configuration, "--no-build", "-o", folder, "--nologo", "-v", "quiet");
            var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).ToHashSet();

            Assert.True(result.ExitCode == 0, result.Output + result.Errors);
            Assert.Superset(new HashSet<string> { "worker.config.json", "functions.metadata", "extensions.json", "host.json", "SessionFunctions.dll" }, files);
            Assert.Contains(files, file => file.StartsWith(".azurefunctions/", StringComparison.Ordinal));
            Assert.DoesNotContain(files, file => file.EndsWith(".xml", StringComparison.Ordinal) || file.Contains("local.settings", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

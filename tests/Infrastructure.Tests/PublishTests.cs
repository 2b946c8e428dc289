namespace Infrastructure.Tests;

/// <summary>What goes to Azure: the host needs each of these files, and nobody's own settings or documentation files come along.</summary>
public sealed class PublishTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly string[] Needed =
    [
        "SessionFunctions.dll", "worker.config.json", "functions.metadata", "extensions.json", "host.json",
        Path.Combine(".azurefunctions", "function.deps.json"),
    ];

    [Fact]
    public async Task The_published_app_is_what_the_host_needs_and_no_more()
    {
        var folder = Directory.CreateTempSubdirectory("session-functions-").FullName;
        try
        {
            var result = await CommandLine.RunAsync(
                "dotnet", "publish", "src/SessionFunctions", "-c", Configuration, "--no-build", "-o", folder, "--nologo", "-v", "quiet");
            var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file));

            Assert.True(result.ExitCode == 0, result.Output + result.Errors);
            Assert.All(Needed, file => Assert.Contains(file, files));
            Assert.DoesNotContain(files, file => Path.GetExtension(file) == ".xml" || Path.GetFileName(file) == "local.settings.json");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

using System.Text.Json.Nodes;

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

    /// <summary>Asked of the project as <c>dotnet publish</c> does, which says so with that property.</summary>
    [Theory]
    [InlineData("SessionFunctions", "_IsPublishing=true;MSBuildIsRestoring=true", "true", "linux-x64")]
    [InlineData("SessionFunctions", "_IsPublishing=true;MSBuildIsRestoring=true;NoBuild=true", "", "")]
    [InlineData("SessionFunctions", "_IsPublishing=false", "", "")]
    [InlineData("SessionFunctions.SelfHost", "_IsPublishing=true;MSBuildIsRestoring=true;RuntimeIdentifier=linux-arm64", "true", "linux-arm64")]
    [InlineData("SessionFunctions.SelfHost", "_IsPublishing=false", "", "")]
    public async Task What_is_published_is_compiled_beforehand_and_a_build_is_for_any_platform(
        string project, string properties, string compiled, string platform)
    {
        var result = await CommandLine.RunAsync(
            "dotnet", "msbuild", $"src/{project}", $"-p:{properties}", "-nologo",
            "-getProperty:PublishReadyToRun,RuntimeIdentifier,SelfContained");
        var evaluated = JsonNode.Parse(result.Output)!["Properties"]!;

        Assert.Equal((compiled, platform), ((string?)evaluated["PublishReadyToRun"], (string?)evaluated["RuntimeIdentifier"]));
        Assert.Equal("false", (string?)evaluated["SelfContained"]);
    }

    [Fact]
    public void The_image_is_compiled_for_the_processor_that_it_is_made_for() =>
        Assert.Matches(
            @"FROM --platform=\$BUILDPLATFORM [^\n]*/sdk:[^\n]* AS build\nARG TARGETARCH\n"
            + @"(?:(?!FROM )[^\n]*\n)*?[^\n]*dotnet publish [^\n]* -a \$TARGETARCH ",
            Repository.Read("Dockerfile"));
}

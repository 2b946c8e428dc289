namespace Infrastructure.Tests;

public sealed class CompilerTests
{
    private const string Main = "infra/main.bicep";

    public static TheoryData<string> Files => [.. Repository.Files("infra", "*.bicep"), .. Repository.Files("infra", "*.bicepparam")];

    [Theory]
    [InlineData("build", Main, "--stdout")]
    [InlineData("build-params", "infra/main.bicepparam", "--stdout")]
    [InlineData("lint", Main, "--no-restore")]
    [InlineData("lint", "infra/main.bicepparam", "--no-restore")]
    public async Task The_compiler_and_its_linter_have_nothing_to_say(string command, string file, string option)
    {
        var result = await Bicep.RunAsync(command, file, option);

        Assert.Empty(result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_is_formatted_as_the_compiler_would(string file)
    {
        var result = await Bicep.RunAsync("format", file, "--stdout");

        Assert.Equal(result.Output, Repository.Read(file));
    }

    [Fact]
    public void Every_module_is_part_of_the_deployment()
    {
        var main = Repository.Read(Main);
        var modules = Repository.Files("infra/modules", "*").Select(Path.GetFileName);

        Assert.All(modules, name => Assert.Contains($"'modules/{name}'", main, StringComparison.Ordinal));
    }
}

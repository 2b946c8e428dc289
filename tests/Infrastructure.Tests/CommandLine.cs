using System.Diagnostics;

namespace Infrastructure.Tests;

/// <summary>What a program printed, and how it ended.</summary>
internal sealed record CommandLine(int ExitCode, string Output, string Errors)
{
    public static async Task<CommandLine> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new CommandLine(process.ExitCode, await output, await errors);
    }
}

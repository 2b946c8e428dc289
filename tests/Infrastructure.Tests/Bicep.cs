using System.ComponentModel;
using System.Reflection;

namespace Infrastructure.Tests;

/// <summary>Bicep's own compiler: out of its package where the build brought one, else the one on the PATH.</summary>
internal static class Bicep
{
    private static readonly string? Packaged = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .SingleOrDefault(metadata => metadata.Key == "Bicep")?.Value;

    public static async Task<CommandLine> RunAsync(params string[] arguments)
    {
        try
        {
            return await CommandLine.RunAsync(Packaged is null ? "bicep" : Runnable(Packaged), arguments);
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidOperationException(
                Packaged is null
                    ? "There is no bicep on the PATH. Install it: az bicep install, and put ~/.azure/bin on the PATH."
                    : $"There is no Bicep compiler at {Packaged}. Restore the packages: dotnet restore.",
                e);
        }
    }

    /// <summary>A package has no run bits of its own; who unpacked it may not have set them.</summary>
    private static string Runnable(string path)
    {
        if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute))
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }

        return path;
    }
}

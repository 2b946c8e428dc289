using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace SessionFunctions.Testing;

/// <summary>The development tools of package.json, installed on first use so that `dotnet test` works on a clean clone.</summary>
internal static class NodeModules
{
    private static readonly Lazy<Task<string>> Azurite = new(() => FindAsync("azurite/dist/src/table/main.js"));

    /// <summary>The script that runs Azurite's table service.</summary>
    public static Task<string> AzuriteTableScriptAsync() => Azurite.Value;

    private static async Task<string> FindAsync(string script)
    {
        var path = Path.Combine(RepoRoot.Path, "node_modules", script);
        if (!File.Exists(path))
        {
            // Test projects run as processes of their own, at the same time.
            await using var _ = await LockAsync();
            if (!File.Exists(path))
            {
                await InstallAsync();
            }
        }

        return File.Exists(path) ? path : throw new InvalidOperationException($"`npm ci` didn't bring node_modules/{script}.");
    }

    private static async Task InstallAsync()
    {
        // npm is a batch file on Windows, which only a shell can start.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/c", "npm", "ci", "--no-audit", "--no-fund"])
            : new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]);
        start.UseShellExecute = false;
        start.WorkingDirectory = RepoRoot.Path;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        using var npm = Process.Start(start) ?? throw new InvalidOperationException("npm didn't start. Is Node.js 20 installed?");
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"`npm ci` failed ({npm.ExitCode}):\n{await output}\n{await errors}");
        }
    }

    /// <summary>A file that one process at a time can open. It lies outside node_modules, which `npm ci` deletes first.</summary>
    private static async Task<FileStream> LockAsync()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RepoRoot.Path)))[..16];
        var path = Path.Combine(Path.GetTempPath(), $"session-functions-{hash}.npm-lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }
}

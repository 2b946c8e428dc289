using System.Diagnostics;
using System.Text;

namespace SessionFunctions.Testing;

/// <summary>One running Azurite table service.</summary>
internal sealed class AzuriteProcess
{
    private const string Ready = "successfully started";

    /// <summary>
    /// Runs the script given as its first argument until standard input closes. The system closes that pipe whenever the
    /// tests' process ends, however it ends, so no Azurite is left behind. One with a folder is asked to close its files first.
    /// </summary>
    private const string Wrapper =
        """
        process.stdin.resume();
        process.stdin.on('end', () => {
          if (process.argv.includes('--inMemoryPersistence')) process.exit(0);
          setTimeout(() => process.exit(0), 5000).unref();
          process.emit('SIGINT');
        });
        require(process.argv[1]);
        """;

    private readonly Process _process;

    private AzuriteProcess(Process process) => _process = process;

    /// <returns>Null if it ended before it was ready, for one because the port was taken meanwhile; then with what it said.</returns>
    public static async Task<(AzuriteProcess? Azurite, string Output)> TryStartAsync(int port, string? folder)
    {
        var script = await NodeModules.AzuriteTableScriptAsync();
        var start = new ProcessStartInfo("node", ["-e", Wrapper, "--", script, .. Arguments(port, folder)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };

        var process = Process.Start(start) ?? throw new InvalidOperationException("node didn't start. Is Node.js 20 installed?");
        var output = new StringBuilder();
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

        void Note(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }

            if (line.Data?.Contains(Ready, StringComparison.Ordinal) == true)
            {
                ready.TrySetResult(true);
            }
        }

        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.Exited += (_, _) => ready.TrySetResult(false);
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var azurite = new AzuriteProcess(process);
        try
        {
            if (await ready.Task.WaitAsync(TimeSpan.FromMinutes(2)))
            {
                return (azurite, "");
            }
        }
        catch (TimeoutException)
        {
            azurite.Kill();
            throw;
        }

        process.Dispose();
        lock (output)
        {
            return (null, output.ToString());
        }
    }

    public async Task StopAsync()
    {
        using (_process)
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static string[] Arguments(int port, string? folder) =>
    [
        "--tableHost", "127.0.0.1",
        "--tablePort", $"{port}",
        "--skipApiVersionCheck",
        "--disableTelemetry",
        "--silent",
        .. folder is null ? (string[])["--inMemoryPersistence"] : ["--location", Path.GetFullPath(folder)],
    ];
}

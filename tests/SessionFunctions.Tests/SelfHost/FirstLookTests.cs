using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SessionFunctions.SelfHost;

namespace SessionFunctions.Tests.SelfHost;

/// <summary>SelfHost as somebody starts it who has nothing but the SDK: with arguments alone, in an empty folder.</summary>
public sealed class FirstLookTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("first-look-").FullName;
    private readonly StringBuilder _output = new();
    private readonly Process _process = new();

    public ValueTask InitializeAsync()
    {
        _process.StartInfo = new ProcessStartInfo("dotnet", [typeof(FunctionsHostSettings).Assembly.Location, "--memory", "--port", "0"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        _process.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ItAnswersAndItsPrintedKeyLetsTheOperatorIn()
    {
        var key = await PrintedAsync("function key: (?<it>[0-9a-f]{32})");
        using var client = new HttpClient { BaseAddress = new Uri(await PrintedAsync("listening on: (?<it>http://[0-9.:]+)")) };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/api/manage/sessions", null)).StatusCode);
        client.DefaultRequestHeaders.Add("x-functions-key", key);
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/api/manage/sessions", null)).StatusCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    /// <summary>The part named "it" of a line that the process prints, sooner or later.</summary>
    private async Task<string> PrintedAsync(string pattern)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (Regex.Match(_output.ToString(), pattern, RegexOptions.ExplicitCapture, Patience) is { Success: true } found)
            {
                return found.Groups["it"].Value;
            }

            var line = await _process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"It ended: {await _process.StandardError.ReadToEndAsync(patience.Token)}");
            _output.AppendLine(line);
        }
    }
}

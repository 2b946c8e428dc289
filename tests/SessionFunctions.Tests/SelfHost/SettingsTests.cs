using Microsoft.AspNetCore.Builder;
using SessionFunctions.SelfHost;

namespace SessionFunctions.Tests.SelfHost;

public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnEmptyFolderGivesTheDefaults()
    {
        var settings = Load();
        Assert.Equal("api", settings.RoutePrefix);
        Assert.Equal("http://localhost:7071", settings.Url);
        Assert.Null(settings.FunctionKey);
        Assert.Empty(settings.CorsOrigins);
        Assert.True(settings.Timers);
    }

    [Fact]
    public void BothFilesAreReadAsCoreToolsReadsThem()
    {
        Write("host.json", """{ "version": "2.0", "extensions": { "http": { "routePrefix": "v2" } }, "logging": { "logLevel": { "Shop.Cart": "Debug" } } }""");
        Write("local.settings.json", """
            {
              // Core Tools allows comments.
              "IsEncrypted": false,
              "Values": { "SelfHost:FunctionKey": "k", "Sessions__IdleTimeout": "00:05:00" },
              "Host": { "LocalHttpPort": 7072, "CORS": "http://one.example, http://two.example", "CORSCredentials": true }
            }
            """);
        var settings = Load();
        Assert.Equal("v2", settings.RoutePrefix);
        Assert.Equal("k", settings.FunctionKey);
        Assert.Equal("http://localhost:7072", settings.Url);
        Assert.Equal(["http://one.example", "http://two.example"], settings.CorsOrigins);
        Assert.True(settings.CorsCredentials);
        Assert.Equal("00:05:00", settings.Values["Sessions:IdleTimeout"]);
        Assert.Equal("Debug", settings.Values["Logging:LogLevel:Shop.Cart"]);
    }

    [Theory]
    [InlineData("http://localhost:7099", "--port", "7099")]
    [InlineData("http://127.0.0.1:0", "--port", "0")]
    [InlineData("http://*:8080", "--urls=http://*:8080")]
    public void AnArgumentChoosesThePort(string url, params string[] args)
    {
        Write("local.settings.json", """{ "Host": { "LocalHttpPort": 7072 } }""");
        Assert.Equal(url, Load(args).Url);
    }

    [Fact]
    public void InMemoryNeedsNoFileAndMakesAKeyOfItsOwn()
    {
        var (one, other) = (Load("--memory"), Load("--memory"));
        Assert.Equal("memory", one.Values["Sessions:Storage:Provider"]);
        Assert.True(one.ShowsFunctionKey);
        Assert.Equal(32, one.FunctionKey!.Length);
        Assert.NotEqual(one.FunctionKey, other.FunctionKey);
    }

    [Fact]
    public void InMemoryKeepsAKeyThatIsConfiguredAndDoesNotShowIt()
    {
        Write("local.settings.json", """{ "Values": { "SelfHost:FunctionKey": "k" } }""");
        var settings = Load("--port", "0", "--memory");
        Assert.Equal(("k", false), (settings.FunctionKey, settings.ShowsFunctionKey));
    }

    [Fact]
    public void AnEncryptedFileIsRefusedWithTheCommandThatHelps()
    {
        Write("local.settings.json", """{ "IsEncrypted": true, "Values": { "A": "gibberish" } }""");
        Assert.Contains("func settings decrypt", Assert.Throws<HostSettingException>(() => Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheEnvironmentWinsOverTheValuesAndTheseOverTheDefaults()
    {
        var settings = SampleHost.Settings with
        {
            Values = new Dictionary<string, string?> { ["SelfHostTests__Both"] = "values", ["SelfHostTests__One"] = "values", ["CleanupSchedule"] = "values" },
        };
        Environment.SetEnvironmentVariable("SelfHostTests__Both", "environment");
        using var app = (IDisposable)SampleHost.Build(settings);
        var configuration = ((WebApplication)app).Configuration;
        Assert.Equal("environment", configuration["SelfHostTests:Both"]);
        Assert.Equal("values", configuration["SelfHostTests:One"]);
        Assert.Equal("values", configuration["CleanupSchedule"]);
    }

    [Fact]
    public void TheCleanUpHasAScheduleByDefault()
    {
        using var app = (IDisposable)SampleHost.Build(SampleHost.Settings);
        Assert.Equal("0 * * * * *", ((WebApplication)app).Configuration["CleanupSchedule"]);
    }

    private FunctionsHostSettings Load(params string[] args) => FunctionsHostSettings.Load(typeof(SettingsTests).Assembly, _folder, args);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}

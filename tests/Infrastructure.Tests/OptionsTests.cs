using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace Infrastructure.Tests;

/// <summary>The code, the templates, local.settings.sample.json and docs/options.md have the same options with the same defaults.</summary>
public sealed partial class OptionsTests
{
    /// <summary>No option of the code but a setting of the host, which has no default: what the templates set is the default.</summary>
    private const string Schedule = "CleanupSchedule";

    /// <summary>Options that are no parameter of the templates, and why.</summary>
    private static readonly Dictionary<string, string> NotInBicep = new(StringComparer.Ordinal)
    {
        ["Sessions:Storage:ConnectionString"] = "For development: accounts that the templates make take no keys.",
        ["Sessions:Storage:Endpoint"] = "Not for the deployer to choose: modules/app.bicep sets it to the account just made.",
        ["Sessions:RateLimit:TrustedProxies"] = "For SelfHost: the Functions host replaces X-Forwarded-For.",
        ["Sessions:Storage:Provider"] = "For a first look: what is in memory ends with the instance that holds it.",
    };

    /// <summary>Settings of the sample that differ from the defaults, and why.</summary>
    private static readonly Dictionary<string, string> OtherInSample = new(StringComparer.Ordinal)
    {
        ["Sessions:AllowedOrigins"] = "The demo runs on another port, and has to be let in.",
        [Schedule] = "On a developer's machine a run costs nothing, and a minute is as long as one wants to wait for it.",
    };

    private static readonly Dictionary<string, string> Documented =
        Row().Matches(Repository.Read("docs/options.md")).ToDictionary(
            row => row.Groups["name"].Value,
            row => row.Groups["default"].Value.Trim('`') is var value and not "none" ? value : "");

    private static IEnumerable<Option> InBicep => Option.All.Values.Where(option => !NotInBicep.ContainsKey(option.Name));

    [Fact]
    public async Task The_templates_set_every_option_of_the_code_and_no_other() =>
        Same(InBicep.Select(option => option.Setting).Append(Schedule), (await ParametersAsync()).Keys);

    [Fact]
    public async Task An_option_is_a_parameter_of_its_own_name()
    {
        var parameters = await ParametersAsync();

        Assert.All(InBicep.Where(option => parameters.ContainsKey(option.Setting)), option =>
        {
            var (name, parameter) = (string.Concat(option.Name.Split(':')[1..]), parameters[option.Setting]);
            Assert.Equal(char.ToLowerInvariant(name[0]) + name[1..], parameter.Replace("SecretName", "", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task The_templates_set_the_defaults_of_the_code()
    {
        var settings = (await Deployment.PlainAsync()).AppSettings;

        Assert.All(InBicep, option => SameDefault(option, settings.GetValueOrDefault(option.Setting, "")));
    }

    [Fact]
    public async Task The_page_of_options_has_every_option_with_its_default_and_no_other()
    {
        Same(Option.All.Keys.Append(Schedule), Documented.Keys);
        Assert.Equal((await Deployment.PlainAsync()).AppSettings[Schedule], Documented[Schedule]);
        Assert.All(Option.All.Values, option => SameDefault(option, Documented[option.Name]));
    }

    [Fact]
    public void The_sample_sets_options_that_exist_to_their_defaults()
    {
        var sample = JsonNode.Parse(Repository.Read("local.settings.sample.json")).At("Values")!.AsObject()
            .Select(setting => (Name: setting.Key.Replace("__", ":", StringComparison.Ordinal), Value: setting.Value!.ToString()))
            .Where(setting => setting.Name.StartsWith("Sessions:", StringComparison.Ordinal) && !OtherInSample.ContainsKey(setting.Name));

        Assert.All(sample, setting => SameDefault(Option.All[setting.Name], setting.Value));
    }

    [Fact]
    public void Every_exception_is_about_an_option_that_exists() =>
        Assert.All(NotInBicep.Keys.Concat(OtherInSample.Keys), name => Assert.Contains(name, Option.All.Keys.Append(Schedule)));

    [Theory]
    [InlineData("docs/deploy.md")]
    [InlineData("docs/design.md")]
    [InlineData("docs/scale.md")]
    [InlineData("docs/security.md")]
    public void A_page_names_options_that_exist(string page) =>
        Assert.All(Named().Matches(Repository.Read(page)).Select(match => match.Value), name => Assert.Contains(name, Option.All.Keys));

    [Fact]
    public async Task The_cleanup_alert_counts_the_function_that_the_timer_starts()
    {
        var timed = from type in Assembly.Load("SessionFunctions").GetTypes()
                    from method in type.GetMethods()
                    from parameter in method.GetParameters()
                    where parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule == $"%{Schedule}%"
                    select method.GetCustomAttribute<FunctionAttribute>()!.Name;

        Assert.Equal(Assert.Single(timed), (await Deployment.PlainAsync()).Template.Text("variables.cleanupFunctionName"));
    }

    private static void Same(IEnumerable<string> code, IEnumerable<string> there)
    {
        Assert.Empty(code.Except(there).Select(name => $"{name} is missing"));
        Assert.Empty(there.Except(code).Select(name => $"{name} is no option"));
    }

    private static void SameDefault(Option option, string there) =>
        Assert.True(option.DefaultIs(there), $"{option.Name} is '{option.Default}' in the code and '{there}' here");

    /// <summary>App settings, each with the parameter that feeds it; also the empty ones, which a deployment leaves out.</summary>
    private static async Task<Dictionary<string, string>> ParametersAsync()
    {
        var variables = (await Deployment.PlainAsync()).Template.At("variables");
        return variables.At("options")!.AsObject().Concat(variables.At("vaultOptions")!.AsObject())
            .ToDictionary(setting => setting.Key, setting => Parameter().Match(setting.Value!.ToString()).Groups["name"].Value);
    }

    /// <summary>Name, default, unit and what it does.</summary>
    [GeneratedRegex(@"(?m)^\| `(?<name>[\w:]+)` \| (?<default>[^|]+) \| [^|]+ \| [^|]{10,} \|$", RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex(@"\bSessions(:\w+)+", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();

    [GeneratedRegex(@"parameters\('(?<name>\w+)'\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}

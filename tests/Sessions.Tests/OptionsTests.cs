using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionFunctions.Testing;
using Sessions.Cleanup;
using Sessions.Table;
using Sessions.Use;
using Sessions.Users;

namespace Sessions.Tests;

/// <summary>The settings as an app writes them: which ones stop the start, and with what message.</summary>
public sealed class OptionsTests
{
    private static readonly Start App = new((services, configuration) => services.AddSessions(configuration));

    private const string TooLong = "set it between Sessions:IdleTimeout (00:20:00) and 400.00:00:00.";
    private const string TooLongPersistent = "set it between Sessions:PersistentIdleTimeout (14.00:00:00) and 400.00:00:00.";
    private const string Share = "set a share of the idle timeout from 0 to 1, such as 0.1.";
    private const string Shards = "set 1 to 256, and don't change it once sessions exist.";
    private const string DataBytes = "set 2 to 16777216. What is stored stays below 921600 bytes in any case.";

    [Theory]
    [InlineData("IdleTimeout", "00:00:00.5", "is 00:00:00.5000000; set at least 00:00:01.")]
    [InlineData("PersistentIdleTimeout", "-00:00:01", "is -00:00:01; set at least 00:00:01.")]
    [InlineData("AbsoluteLifetime", "00:19:00", $"is 00:19:00; {TooLong}")]
    [InlineData("PersistentLifetime", "401.00:00:00", $"is 401.00:00:00; {TooLongPersistent}")]
    [InlineData("SlideGranularity", "-0.1", $"is -0.1; {Share}")]
    [InlineData("SlideGranularity", "1.1", $"is 1.1; {Share}")]
    [InlineData("SlideGranularity", "NaN", $"is NaN; {Share}")]
    [InlineData("MaxDataBytes", "1", $"is 1; {DataBytes}")]
    [InlineData("MaxDataBytes", "16777217", $"is 16777217; {DataBytes}")]
    [InlineData("MaxClaimsBytes", "1", "is 1; set 2 to 262144.")]
    [InlineData("MaxClaimsBytes", "262145", "is 262145; set 2 to 262144.")]
    [InlineData("RotationGrace", "-00:00:01", "is -00:00:01; set 00:00:00 to 01:00:00.")]
    [InlineData("RotationGrace", "01:00:01", "is 01:00:01; set 00:00:00 to 01:00:00.")]
    [InlineData("RotateAfter", "00:00:00", "is 00:00:00; set at least 00:00:01, or nothing.")]
    [InlineData("TicketLifetime", "00:00:00", "is 00:00:00; set 00:00:01 to 01:00:00.")]
    [InlineData("TicketLifetime", "01:00:01", "is 01:00:01; set 00:00:01 to 01:00:00.")]
    [InlineData("MaxPerUser", "-1", "is -1; set 1 to 1000, or 0 for any number.")]
    [InlineData("MaxPerUser", "1001", "is 1001; set 1 to 1000, or 0 for any number.")]
    [InlineData("UserOverflow", "Reject", "is neither of the two; set evict-oldest or reject.")]
    [InlineData("UserOverflow", "nonsense", "is neither of the two; set evict-oldest or reject.")]
    [InlineData("Shards", "0", $"is 0; {Shards}")]
    [InlineData("Shards", "257", $"is 257; {Shards}")]
    [InlineData("CleanupBudget", "00:00:00", "is 00:00:00; set at least 00:00:01.")]
    public void A_value_out_of_bounds_stops_the_start_and_says_what_to_set(string name, string value, string message) =>
        Assert.Equal([$"Sessions:{name} {message}"], App.Faults(($"Sessions:{name}", value)));

    [Theory]
    [InlineData("00:04:30.001", null, "00:04:30", "00:05:00")]
    [InlineData("00:05:00", "nonsense", "00:04:30", "00:05:00")]
    [InlineData("00:09:31", "00:10:00", "00:09:30", "00:10:00")]
    [InlineData("00:01:00", "00:01:00", "00:00:30", "00:01:00")]
    public void A_cleanup_that_the_host_would_stop_keeps_the_app_from_starting(string budget, string? timeout, string most, string known)
    {
        var fault = Assert.Single(App.Faults(("Sessions:CleanupBudget", budget), ("AzureFunctionsJobHost:functionTimeout", timeout)));

        Assert.StartsWith($"Sessions:CleanupBudget is {TimeSpan.Parse(budget, CultureInfo.InvariantCulture)}; set at most {most}, ", fault, StringComparison.Ordinal);
        Assert.Contains($"({known})", fault, StringComparison.Ordinal);
        Assert.EndsWith("or set a longer AzureFunctionsJobHost__functionTimeout.", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:04:30", null)]
    [InlineData("00:09:30", "00:10:00")]
    [InlineData("02:00:00", "-1")] // the host's word for no limit
    public void A_cleanup_that_ends_before_the_host_stops_it_is_fine(string budget, string? timeout) =>
        Assert.Empty(App.Faults(("Sessions:CleanupBudget", budget), ("AzureFunctionsJobHost:functionTimeout", timeout)));

    [Fact]
    public void The_time_that_the_host_gives_a_run_is_that_of_host_json()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepoRoot.Path, "host.json")));

        Assert.Equal(CleanupOptions.HostJsonTimeout, TimeSpan.Parse(json.RootElement.GetProperty("functionTimeout").GetString()!, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("00:00:00.9")]
    public void Tokens_that_change_by_themselves_need_a_grace(string grace)
    {
        var fault = Assert.Single(App.Faults(("Sessions:RotationGrace", grace), ("Sessions:RotateAfter", "00:05:00")));

        Assert.StartsWith("Sessions:RotationGrace is 00:00:00", fault, StringComparison.Ordinal);
        Assert.EndsWith("Set at least 00:00:01, such as 00:00:30, or no Sessions:RotateAfter.", fault, StringComparison.Ordinal);
        Assert.Empty(App.Faults(("Sessions:RotationGrace", "00:00:01"), ("Sessions:RotateAfter", "00:05:00")));
    }

    [Fact]
    public void Claims_to_keep_are_64_at_most_and_their_names_are_no_longer_than_a_claims_may_be()
    {
        Assert.Empty(App.Faults(("Sessions:KeepClaims", string.Join(',', Enumerable.Repeat(new string('n', 256), 64)))));
        Assert.Equal(
            ["Sessions:KeepClaims has a name of 257 characters; set names of 1 to 256."], App.Faults(("Sessions:KeepClaims:0", new string('n', 257))));
        Assert.Equal(
            ["Sessions:KeepClaims has 65 names; set at most 64."], App.Faults(("Sessions:KeepClaims", string.Join(',', Enumerable.Repeat("n", 65)))));
    }

    [Theory]
    [InlineData("IdleTimeout", "00:00:01")]
    [InlineData("AbsoluteLifetime", "00:20:00")]
    [InlineData("PersistentLifetime", "400.00:00:00")] // the longest that browsers keep a cookie
    [InlineData("SlideGranularity", "0")]
    [InlineData("SlideGranularity", "1")]
    [InlineData("RotationGrace", "00:00:00")]
    [InlineData("RotateAfter", "")]
    [InlineData("MaxPerUser", "0")]
    [InlineData("UserOverflow", "")]
    [InlineData("Shards", "1")]
    [InlineData("Shards", "256")]
    public void A_value_at_its_bound_is_fine(string name, string value) => Assert.Empty(App.Faults(($"Sessions:{name}", value)));

    [Fact]
    public void Keys_that_are_none_are_told() =>
        Assert.Equal(
            ["Sessions:EncryptionKeys: key 'a' isn't 32 bytes in base64 (make one: openssl rand -base64 32)."],
            App.Faults(("Sessions:EncryptionKeys", "a:b")));

    [Fact]
    public void The_defaults_are_fine() => Assert.Empty(App.Faults());

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(3, App.Faults(("Sessions:Shards", "0"), ("Sessions:SlideGranularity", "2"), ("Sessions:MaxPerUser", "-1")).Count);

    [Theory]
    [InlineData("evict-oldest", nameof(UserOverflow.EvictOldest))]
    [InlineData("reject", nameof(UserOverflow.Reject))]
    [InlineData(null, nameof(UserOverflow.EvictOldest))]
    public void What_happens_past_the_limit_is_set_in_words(string? text, string overflow) =>
        Assert.Equal(Enum.Parse<UserOverflow>(overflow), Options<UserLimitOptions>(("Sessions:UserOverflow", text)).UserOverflow);

    [Theory]
    [InlineData("memory", true)]
    [InlineData("Memory", true)]
    [InlineData("tables", false)]
    [InlineData(null, false)]
    public void The_table_is_in_memory_where_the_provider_says_so(string? provider, bool inMemory)
    {
        Assert.Equal(inMemory, App.With(("Sessions:Storage:Provider", provider)).GetService<ITable>() is MemoryTable);
        Assert.Equal(inMemory, Options<TableOptions>(("Sessions:Storage:Provider", provider)).Provider == TableProvider.Memory);
    }

    [Fact]
    public void A_provider_that_is_none_and_a_time_that_is_none_stop_the_start_by_name()
    {
        Assert.Equal(["Sessions:Storage:Provider is neither of the two; set tables or memory."], App.Faults(("Sessions:Storage:Provider", "x")));

        var stop = Assert.Throws<InvalidOperationException>(() => App.Faults(("Sessions:RotateAfter", "soon")));
        Assert.Contains("'soon' at 'Sessions:RotateAfter'", stop.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_read_as_they_are_written() =>
        Assert.Equal(TimeSpan.FromMinutes(90), Options<RotationOptions>(("Sessions:RotateAfter", "01:30:00")).RotateAfter);

    private static T Options<T>(params (string Name, string? Value)[] settings)
        where T : class => App.With(settings).GetRequiredService<IOptions<T>>().Value;
}

using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.SelfHost;
using SessionFunctions.Testing;

namespace SessionFunctions.Tests.SelfHost;

/// <summary>A host whose timers wait on a clock of the test's.</summary>
internal sealed class RunningTimer : IAsyncDisposable
{
    private readonly SampleHost _host;

    private RunningTimer(SampleHost host, TestClock clock, Journal journal)
    {
        _host = host;
        Clock = clock;
        Journal = journal;
    }

    public TestClock Clock { get; }

    public Journal Journal { get; }

    public static FunctionsHostSettings Settings(string schedule) => SampleHost.Settings with
    {
        Timers = true,
        Values = new Dictionary<string, string?> { ["TickSchedule"] = schedule },
    };

    public static async Task<RunningTimer> StartAsync(string schedule, Action<Journal>? prepare = null)
    {
        var clock = new TestClock();
        var journal = new Journal();
        prepare?.Invoke(journal);
        var host = await SampleHost.StartAsync(Settings(schedule), builder => builder.Services
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(journal));
        var timer = new RunningTimer(host, clock, journal);
        await timer.UntilWaitingAsync();
        return timer;
    }

    /// <summary>A long wait is a chain of shorter ones, so the timers must get to wait anew in between.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        for (var left = by; left > TimeSpan.Zero; left -= TimeSpan.FromDays(1))
        {
            Clock.Advance(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1));
            await UntilWaitingAsync();
        }
    }

    /// <summary>Both sample timers have done what was due.</summary>
    public Task UntilWaitingAsync() => Clock.UntilTimersAsync(2);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}

using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.SelfHost;

internal static class TimerFunctions
{
    public static void AddTimerFunctions(this IServiceCollection services, IEnumerable<FunctionMethod> functions, IConfiguration configuration)
    {
        TimerFunction[] timers =
        [
            .. from function in functions
               let trigger = function.Trigger<TimerTriggerAttribute>()
               where trigger is not null
               select new TimerFunction(function, ScheduleOf(function, trigger, configuration), trigger.RunOnStartup),
        ];
        if (timers.Length > 0)
        {
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<TimerService>(provider, [timers]));
        }
    }

    private static Schedule ScheduleOf(FunctionMethod function, TimerTriggerAttribute trigger, IConfiguration configuration)
    {
        var text = trigger.Schedule is ['%', .. var name, '%'] ? Setting(function, name, configuration) : trigger.Schedule;
        return Schedule.TryParse(text) ?? throw new HostSettingException(
            $"The timer {function.Name} has the schedule '{text}' ({trigger.Schedule}), which is neither NCRONTAB, as in '0 */5 * * * *', nor an interval, as in '00:05:00'.");
    }

    private static string Setting(FunctionMethod function, string name, IConfiguration configuration) =>
        configuration[SettingName.Normalise(name)] is { Length: > 0 } value
            ? value
            : throw new HostSettingException($"The timer {function.Name} takes its schedule from the setting {name}, which is missing.");
}

internal sealed class TimerFunction(FunctionMethod function, Schedule schedule, bool runOnStartup)
{
    private readonly Func<TimerInfo, CancellationToken, object?>[] _bindings =
        Array.ConvertAll(function.Parameters, parameter => Bind(function, parameter));

    public string Name => function.Name;

    public Schedule Schedule => schedule;

    public bool RunOnStartup => runOnStartup;

    public async Task RunAsync(IServiceProvider services, TimerInfo timer, CancellationToken stopping) =>
        await services.Bind(function)(Array.ConvertAll(_bindings, binding => binding(timer, stopping)));

    private static Func<TimerInfo, CancellationToken, object?> Bind(FunctionMethod function, ParameterInfo parameter) =>
        parameter.ParameterType switch
        {
            var type when type == typeof(TimerInfo) => static (timer, _) => timer,
            var type when type == typeof(CancellationToken) => static (_, stopping) => stopping,
            var type => throw function.Unsupported($"parameter {parameter.Name} is {type}; take TimerInfo or CancellationToken"),
        };
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;

namespace Sessions.Operate;

internal static class OperateModule
{
    public static IServiceCollection AddOperate(this IServiceCollection services)
    {
        services.AddSingleton(provider => new OperatorSessions(
            provider.GetRequiredService<LiveSessions>(),
            provider.GetRequiredService<SessionEnding>(),
            provider.GetRequiredService<IOptions<LifetimeOptions>>(),
            provider.GetRequiredService<IOptions<SizeOptions>>(),
            provider.GetRequiredService<ILogger<OperatorSessions>>()));
        services.AddSingleton(provider => new EndEverything(
            provider.GetRequiredService<NotBeforeMark>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EndEverything>>()));
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Users;

namespace Sessions.Create;

internal static class CreateModule
{
    public static IServiceCollection AddCreate(this IServiceCollection services) => services.AddSingleton(provider => new SessionCreation(
        provider.GetRequiredService<UserLimit>(),
        provider.GetRequiredService<NotBeforeMark>(),
        provider.GetRequiredService<UserKeys>(),
        provider.GetRequiredService<IOptions<LifetimeOptions>>(),
        provider.GetRequiredService<IOptions<SizeOptions>>(),
        provider.GetRequiredService<IOptions<RowsOptions>>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<SessionCreation>>()));
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;

namespace Sessions.Users;

internal static class UsersModule
{
    public static IServiceCollection AddUsers(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(UserLimitOptions.Section);
        services.AddOptions<UserLimitOptions>().Bind(section).Configure(options => options.BindOverflow(section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<UserLimitOptions>, UserLimitRules>();
        services.AddSingleton<UserLimit>();
        services.AddSingleton<UserList>();
        services.AddSingleton(provider => new UserSessions(
            provider.GetRequiredService<UserList>(),
            provider.GetRequiredService<LiveSessions>(),
            provider.GetRequiredService<UserKeys>(),
            provider.GetRequiredService<IOptions<RowsOptions>>(),
            provider.GetRequiredService<ILogger<UserSessions>>()));
        services.AddSingleton(provider => new Siblings(
            provider.GetRequiredService<HolderSessions>(),
            provider.GetRequiredService<UserList>(),
            provider.GetRequiredService<ILogger<Siblings>>()));
        return services;
    }
}

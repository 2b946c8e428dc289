using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sessions.Cleanup;
using Sessions.Create;
using Sessions.Data;
using Sessions.Operate;
using Sessions.Rows;
using Sessions.SignIn;
using Sessions.Table;
using Sessions.Use;
using Sessions.Users;

namespace Sessions;

/// <summary>The domain, put together. It needs a table beside it, unless <c>Sessions:Storage:Provider</c> is <c>memory</c>.</summary>
public static class SessionsModule
{
    public static IServiceCollection AddSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<LifetimeOptions>().Bind(configuration.GetSection(LifetimeOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LifetimeOptions>, LifetimeRules>();
        services.AddOptions<SizeOptions>().Bind(configuration.GetSection(SizeOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SizeOptions>, SizeRules>();
        return services
            .AddTable(configuration)
            .AddRows(configuration)
            .AddCreate()
            .AddUse(configuration)
            .AddSignIn(configuration)
            .AddUsers(configuration)
            .AddData()
            .AddOperate()
            .AddCleanup(configuration);
    }
}

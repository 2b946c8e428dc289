using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Create;
using SessionFunctions.Data;
using SessionFunctions.Entry;
using SessionFunctions.Jwt;
using SessionFunctions.Oidc;
using SessionFunctions.Operate;
using SessionFunctions.Use;
using Sessions;
using Sessions.AzureTables;

namespace SessionFunctions;

/// <summary>Puts the parts together, the same way under the Functions host and under SelfHost.</summary>
public static class Composition
{
    public static IServiceCollection AddSessionFunctions(this IServiceCollection services, IConfiguration configuration) => services
        .AddSessions(configuration)
        .AddAzureTables(configuration)
        .AddEntry(configuration)
        .AddCreate(configuration)
        .AddUse(configuration)
        .AddData(configuration)
        .AddOidc(configuration)
        .AddJwt(configuration)
        .AddHostedService<MarkWatch>();

    /// <summary>What differs where the Functions host stands in front.</summary>
    public static IServiceCollection UnderFunctionsHost(this IServiceCollection services) => services
        // The host has a limit of its own (100 MB); up to it, a body too large is the functions' to refuse.
        .Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null)
        .Configure<RateLimitOptions>(limits => limits.UnderFunctionsHost = true)
        .AddHostedService<RateLimitNotice>();
}

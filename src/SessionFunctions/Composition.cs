using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Create;
using SessionFunctions.Data;
using SessionFunctions.Entry;
using SessionFunctions.Jwt;
using SessionFunctions.Oidc;
using SessionFunctions.Operate;
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
        .AddData(configuration)
        .AddOidc(configuration)
        .AddJwt(configuration)
        .AddHostedService<MarkWatch>();
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SessionFunctions.Create;
using SessionFunctions.Data;
using SessionFunctions.Entry;
using SessionFunctions.Jwt;
using SessionFunctions.Oidc;
using SessionFunctions.Operate;
using Sessions;
using Sessions.AzureTables;
using Sessions.Cleanup;
using Sessions.Create;
using Sessions.Operate;
using Sessions.Rows;
using Sessions.SignIn;
using Sessions.Table;
using Sessions.Use;
using Sessions.Users;

namespace SessionFunctions;

/// <summary>Puts the parts together, the same way under the Functions host and under SelfHost.</summary>
public static class Composition
{
    public static IServiceCollection AddSessionFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SessionOptions>()
            .Bind(configuration.GetSection(SessionOptions.Section))
            .Configure(options => options.BindLists(configuration))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SessionOptions>, SessionOptionsValidator>();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITable>(provider =>
            new AzureTable(StorageSettings.Connection(configuration, provider.GetRequiredService<IOptions<SessionOptions>>().Value).CreateClient()));
        services.AddSingleton(provider => new SessionRow(new PayloadCodec(KeyRingOf(provider.GetRequiredService<IOptions<SessionOptions>>().Value))));
        services.AddSingleton<SessionRows>();
        services.AddSingleton<UserRows>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<NotBefore>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<UserLimit>();
        services.AddSingleton<SessionCreation>();
        services.AddSingleton<HolderSessions>();
        services.AddSingleton<OperatorSessions>();
        services.AddSingleton<SessionSignIn>();
        services.AddSingleton<CleanupRun>();

        services.AddHostedService<MarkWatch>();
        services.AddSingleton<CredentialsReader>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<CrossSiteRule>();
        services.AddSingleton<EntryStep>();
        services.AddSingleton<DataChanges>();

        services.AddSingleton<ProviderKeys>();
        services.AddSingleton<IdTokenVerifier>();
        services.AddSingleton<SessionJwtIssuer>();
        services.AddSingleton<ClientAddressReader>();
        services.AddSingleton<RateLimits>();
        return services;
    }

    private static KeyRing KeyRingOf(SessionOptions options) =>
        KeyRing.TryParse(options.EncryptionKeys, out var ring, out var fault) ? ring : throw new InvalidOperationException(fault);
}

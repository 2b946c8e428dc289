using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SessionFunctions.Guards;
using SessionFunctions.Http;
using SessionFunctions.Identity;
using Sessions;
using Sessions.Storage;
using Sessions.AzureTables;

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
        services.AddSingleton<SessionStore>();
        services.AddSingleton<PrincipalStore>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<NotBefore>();
        services.AddSingleton<SessionWriter>();
        services.AddSingleton<Admission>();
        services.AddSingleton<SessionFactory>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<SessionManager>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<Sweeper>();

        services.AddHostedService<NotBeforeWatch>();
        services.AddSingleton<CredentialsReader>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<CrossSiteRule>();
        services.AddSingleton<Gate>();
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

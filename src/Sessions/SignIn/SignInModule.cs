using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Use;

namespace Sessions.SignIn;

internal static class SignInModule
{
    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TicketOptions>().Bind(configuration.GetSection(TicketOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TicketOptions>, TicketRules>();
        var section = configuration.GetSection(KeptClaimsOptions.Section);
        services.AddOptions<KeptClaimsOptions>()
            .Configure(options => options.KeepClaims = section.List(nameof(KeptClaimsOptions.KeepClaims)))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeptClaimsOptions>, KeptClaimsRules>();
        services.AddSingleton<SignedInSession>();
        services.AddSingleton<Reservations>();
        services.AddSingleton(provider => new Tickets(
            provider.GetRequiredService<LiveSessions>(),
            provider.GetRequiredService<IOptions<TicketOptions>>(),
            provider.GetRequiredService<IOptions<SizeOptions>>()));
        services.AddSingleton(provider => new SessionSignIn(
            provider.GetRequiredService<LiveSessions>(),
            provider.GetRequiredService<SessionEnding>(),
            provider.GetRequiredService<SessionRows>(),
            provider.GetRequiredService<Reservations>(),
            provider.GetRequiredService<HolderAccess>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SessionSignIn>>()));
        return services;
    }
}

namespace SessionFunctions.SelfHost;

/// <summary>Answers cross-origin calls as Core Tools and App Service do: any method and header, for the origins named.</summary>
internal static class Cors
{
    private const string AnyOrigin = "*";

    public static void AddFunctionCors(this IServiceCollection services, FunctionsHostSettings settings)
    {
        if (settings.CorsOrigins.Count == 0)
        {
            return;
        }

        if (settings.CorsOrigins.Contains(AnyOrigin) && settings.CorsCredentials)
        {
            throw new HostSettingException(
                "Host.CORS is * while Host.CORSCredentials is true. That would let every website use its visitors' sessions: name the origins instead.");
        }

        if (settings.CorsOrigins.FirstOrDefault(origin => origin != AnyOrigin && !IsOrigin(origin)) is { } wrong)
        {
            throw new HostSettingException($"Host.CORS has '{wrong}', which isn't an origin. Write scheme, host and port only, as in https://shop.example.");
        }

        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            policy.AllowAnyHeader().AllowAnyMethod();
            if (settings.CorsOrigins.Contains(AnyOrigin))
            {
                policy.AllowAnyOrigin();
                return;
            }

            // A predicate rather than WithOrigins: the middleware sends Vary: Origin for one origin too only then.
            var origins = settings.CorsOrigins.ToHashSet(StringComparer.OrdinalIgnoreCase);
            policy.SetIsOriginAllowed(origins.Contains);
            if (settings.CorsCredentials)
            {
                policy.AllowCredentials();
            }
        }));
    }

    public static void UseFunctionCors(this WebApplication app, FunctionsHostSettings settings)
    {
        if (settings.CorsOrigins.Count > 0)
        {
            app.UseCors();
        }
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase)
        && uri.UserInfo.Length == 0
        && !text.Contains('*', StringComparison.Ordinal);
}

using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PeerApps;

/// <summary>A backend that checks the service's JWT by the published keys, and asks nobody.</summary>
internal static class JwtCheck
{
    private const string Scheme = "Bearer ";

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = settings["issuer"],
            ValidAudience = settings["audience"],
            IssuerSigningKeys = new JsonWebKeySet(settings["keys"]).GetSigningKeys(),
        };
        var handler = new JsonWebTokenHandler();
        var app = builder.Build();
        app.MapGet("/session", async context =>
        {
            var token = context.Request.Headers.Authorization.ToString()[Scheme.Length..];
            var result = await handler.ValidateTokenAsync(token, parameters);
            if (!result.IsValid)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            await Empty.WriteAsync(context.Response, "{}"u8.ToArray());
        });
        return app;
    }
}

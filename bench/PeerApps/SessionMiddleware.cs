namespace PeerApps;

/// <summary>ASP.NET Core's own session, on its cache in memory or on Redis.</summary>
internal static class SessionMiddleware
{
    private const string Data = "data";

    public static WebApplication Build(WebApplicationBuilder builder, string? redis)
    {
        if (redis is null)
        {
            builder.Services.AddDistributedMemoryCache(cache => cache.SizeLimit = null);
        }
        else
        {
            builder.Services.AddStackExchangeRedisCache(cache => cache.Configuration = redis);
        }

        builder.Services.AddSession();
        var app = builder.Build();
        app.UseSession();
        app.MapGet("/session", async context =>
        {
            await context.Session.LoadAsync(context.RequestAborted);
            await WriteAsync(context);
        });
        // As most people write it: the first look at the session loads it, and blocks a thread meanwhile.
        app.MapGet("/session-blocking", WriteAsync);
        app.MapMethods("/session", ["POST", "PATCH"], async context =>
        {
            await context.Session.LoadAsync(context.RequestAborted);
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            context.Session.Set(HttpMethods.IsPost(context.Request.Method) ? Data : "change", body.ToArray());
            await WriteAsync(context);
        });
        return app;
    }

    private static Task WriteAsync(HttpContext context) => Empty.WriteAsync(context.Response, context.Session.Get(Data) ?? []);
}

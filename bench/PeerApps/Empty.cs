namespace PeerApps;

/// <summary>An endpoint that does nothing: what the server under all the others costs.</summary>
internal static class Empty
{
    private static readonly byte[] Body = "{}"u8.ToArray();

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.MapGet("/session", static context => WriteAsync(context.Response, Body));
        return app;
    }

    public static Task WriteAsync(HttpResponse response, byte[] json)
    {
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, 0, json.Length);
    }
}

namespace PeerApps;

/// <summary>What <c>dotnet new web</c> makes, builder and logging included: the least that most people's apps start with.</summary>
internal static class Template
{
    public static WebApplication Build(string[] args)
    {
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/", () => "Hello World!");
        return app;
    }
}

using Azure.Data.Tables;
using Sessions.AzureTables;

namespace PeerApps;

/// <summary>
/// One row read, and no more, through the client that the service makes for itself: what no session on this storage can undercut.
/// </summary>
internal static class PointRead
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var client = new TableConnection { ConnectionString = settings["storage"], Table = settings["table"]! }.CreateClient();
        var app = builder.Build();
        app.MapGet("/rows/{partition}/{row}", async (HttpContext context, string partition, string row) =>
        {
            var found = await client.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: context.RequestAborted);
            if (!found.HasValue || found.Value!.GetBinary("data0") is not { } data)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            await Empty.WriteAsync(context.Response, data);
        });
        return app;
    }
}

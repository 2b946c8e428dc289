using System.Text;

namespace SessionFunctions.OpenApi;

/// <summary>
/// The page at /docs. It carries the list of operations itself, and the explorer's script, where it is there and runs, takes the list's
/// place:
/// whoever has no script still has something to read.
/// </summary>
internal static class DocsPage
{
    /// <summary>Nothing from elsewhere, nothing inline. The explorer draws its icons from data: addresses.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Lazy<byte[]> Page = new(() => Encoding.UTF8.GetBytes(Render(DocsAssets.HaveExplorer)));

    public static byte[] Content => Page.Value;

    internal static string Render(bool withExplorer)
    {
        var style = Style(DocsAssets.PageStyle) + (withExplorer ? Style(DocsAssets.ExplorerStyle) : "");
        var script = withExplorer ? Script(DocsAssets.Explorer) + Script(DocsAssets.Start) : "";
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>SessionFunctions API</title>
            <link rel="icon" href="data:,">
            {style}{script}</head>
            <body>
            <div id="api">
            {OperationList.Render(ApiDocument.File.Content)}</div>
            </body>
            </html>

            """;
    }

    private static string Style(string name) => $"<link rel=\"stylesheet\" href=\"{DocsAssets.AddressOf(name)}\">\n";

    private static string Script(string name) => $"<script src=\"{DocsAssets.AddressOf(name)}\" defer></script>\n";
}

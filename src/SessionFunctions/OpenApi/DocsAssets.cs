namespace SessionFunctions.OpenApi;

/// <summary>What the page at /docs loads. A build without the npm package has only our own two files.</summary>
internal static class DocsAssets
{
    public const string PageStyle = "page.css";
    public const string ExplorerStyle = "swagger-ui.css";
    public const string Explorer = "swagger-ui-bundle.js";
    public const string Start = "start.js";

    private static readonly Dictionary<string, Lazy<EmbeddedFile?>> Files =
        new[] { PageStyle, ExplorerStyle, Explorer, Start }.ToDictionary(name => name, name => new Lazy<EmbeddedFile?>(() => EmbeddedFile.Find($"docs/{name}")));

    public static bool HaveExplorer => Find(Explorer) is not null && Find(ExplorerStyle) is not null;

    public static EmbeddedFile? Find(string name) => Files.TryGetValue(name, out var file) ? file.Value : null;

    public static string MediaTypeOf(string name) => name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";

    /// <summary>
    /// Relative to the page, so that it holds under any route prefix; with the version, so that browsers may keep it for good.
    /// </summary>
    public static string AddressOf(string name) => $"docs/{name}?v={Find(name)!.Hash}";
}

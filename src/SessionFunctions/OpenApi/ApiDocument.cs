namespace SessionFunctions.OpenApi;

/// <summary>The description of this API: OpenAPI 3.1, written by hand and held to the truth by tests.</summary>
internal static class ApiDocument
{
    private static readonly Lazy<EmbeddedFile> Embedded = new(() =>
        EmbeddedFile.Find("openapi.json") ?? throw new InvalidOperationException("The assembly was built without openapi.json."));

    public static EmbeddedFile File => Embedded.Value;
}

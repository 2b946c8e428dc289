using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.OpenApi;

/// <summary>What the API says of itself: for tools, and for people.</summary>
public sealed class DocsFunctions(EntryStep entry)
{
    private static readonly Problem NoSuchFile = Problem.Of(Refusal.Missing("The page at /docs has no such file."));

    [Function("OpenApi")]
    public Task<IResult> Document([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request) =>
        entry.OpenAsync(request, _ => Task.FromResult<IResult>(
            new FileAnswer(ApiDocument.File, RequestBody.Json, FileAnswer.ForAWhile) { ForEverybody = true }));

    [Function("Docs")]
    public Task<IResult> Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs")] HttpRequest request) =>
        entry.OpenAsync(request, ShowPageAsync);

    /// <summary>With the version of the file in the query, caches may keep it for good.</summary>
    [Function("DocsAsset")]
    public Task<IResult> Asset([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs/{asset}")] HttpRequest request, string asset) =>
        entry.OpenAsync(request, asset, ShowAssetAsync);

    private static Task<IResult> ShowPageAsync(OpenCall call)
    {
        call.Request.HttpContext.Response.Headers.ContentSecurityPolicy = DocsPage.ContentSecurityPolicy;
        return Task.FromResult<IResult>(new BytesAnswer(DocsPage.Content) { MediaType = "text/html; charset=utf-8" });
    }

    private static Task<IResult> ShowAssetAsync(OpenCall call, string name)
    {
        if (DocsAssets.Find(name) is not { } file)
        {
            return Task.FromResult<IResult>(NoSuchFile);
        }

        var caching = call.Request.Query["v"] == file.Hash ? FileAnswer.ForGood : FileAnswer.ForAWhile;
        return Task.FromResult<IResult>(new FileAnswer(file, DocsAssets.MediaTypeOf(name), caching));
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.OpenApi;

/// <summary>What the API says of itself: for tools, and for people.</summary>
public sealed class DocsFunctions(EntryStep entry)
{
    [Function("OpenApi")]
    public Task<IResult> DocumentAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        entry.OpenAsync(request, _ => Task.FromResult<IResult>(new FileAnswer(ApiDocument.File, "application/json", FileAnswer.ForAWhile)));

    [Function("Docs")]
    public Task<IResult> PageAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs")] HttpRequest request) =>
        entry.OpenAsync(request, _ =>
        {
            request.HttpContext.Response.Headers.ContentSecurityPolicy = DocsPage.ContentSecurityPolicy;
            return Task.FromResult(Results.Bytes(DocsPage.Content, "text/html; charset=utf-8"));
        });

    /// <summary>With the version of the file in the query, caches may keep it for good.</summary>
    [Function("DocsAsset")]
    public Task<IResult> AssetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs/{asset}")] HttpRequest request, string asset) =>
        entry.OpenAsync(request, _ => Task.FromResult(
            DocsAssets.Find(asset) is { } file
                ? new FileAnswer(file, DocsAssets.MediaTypeOf(asset), request.Query["v"] == file.Hash ? FileAnswer.ForGood : FileAnswer.ForAWhile)
                : (IResult)Problem.Of(Refusal.Missing("The page at /docs has no such file."))));
}

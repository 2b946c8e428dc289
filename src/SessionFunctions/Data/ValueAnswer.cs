using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;

namespace SessionFunctions.Data;

/// <summary>JSON that is there already, with the version of the data it belongs to as its ETag.</summary>
internal sealed class ValueAnswer(ReadOnlyMemory<byte> utf8, long version) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ETag = EntityTag.Of(version);
        return JsonAnswer.WriteAsync(httpContext.Response, utf8, "application/json");
    }
}

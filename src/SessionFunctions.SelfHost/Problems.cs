using SessionFunctions.Entry;

namespace SessionFunctions.SelfHost;

/// <summary>What the host itself refuses, in the form the functions use (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>
    /// Gives the bare 404 and 405 of routing a body; under the prefix the app says so itself. What a function answers stays as it is.
    /// </summary>
    public static void UseProblems(this WebApplication app) => app.Use(static (context, next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<FunctionMethod>() is not null ? next(context) : AnswerAsync(context, next));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.HasStarted)
        {
            return;
        }

        switch (context.Response.StatusCode)
        {
            case StatusCodes.Status404NotFound:
                await WriteAsync(context, StatusCodes.Status404NotFound, "not-found", "There is nothing at this address");
                break;
            case StatusCodes.Status405MethodNotAllowed:
                await WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "This address doesn't take that method");
                break;
        }
    }

    public static Task WriteAsync(HttpContext context, int status, string slug, string title)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        AnswerHeaders.AddTo(response);
        // Status, slug and title are literals of this project, so nothing needs escaping.
        return response.WriteAsync($$"""{"type":"urn:session-functions:problem:{{slug}}","title":"{{title}}","status":{{status}}}""");
    }
}

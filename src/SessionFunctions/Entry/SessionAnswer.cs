using Microsoft.AspNetCore.Http;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>A session as clients see it, with its id and version as the ETag.</summary>
internal sealed class SessionAnswer(Session session, int status = StatusCodes.Status200OK) : IResult
{
    public SessionToken? Token { get; init; }

    public string? Location { get; init; }

    public SessionFields Fields { get; init; } = SessionFields.All;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.ETag = EntityTag.Of(session);
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        JsonAnswer.Write(
            response,
            RequestBody.Json,
            (session, Fields, Token),
            static (json, what) => SessionDocument.Write(json, what.session, what.Fields, what.Token));
        return Task.CompletedTask;
    }
}

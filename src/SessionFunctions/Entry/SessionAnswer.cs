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
        var headers = httpContext.Response.Headers;
        headers.ETag = EntityTag.Of(session);
        if (Location is not null)
        {
            headers.Location = Location;
        }

        var document = SessionDocument.Of(session, Fields, Token);
        return new JsonAnswer<SessionDocument>(document, EntryJson.Answers.SessionDocument) { Status = status }.ExecuteAsync(httpContext);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Use;

namespace SessionFunctions.Use;

/// <summary>
/// <c>DELETE /sessions/current</c>: ends every session whose token is shown. The answer is the same whether there was one.
/// </summary>
public sealed class LogOut(EntryStep entry, HolderSessions sessions, SessionCookie cookie, IOptions<LogOutOptions> options)
{
    private readonly string _clearSiteData = string.Join(", ", options.Value.ClearSiteData.Select(what => $"\"{what}\""));

    [Function("EndSession")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "sessions/current")] HttpRequest request) =>
        entry.LogOutAsync(request, EndAsync);

    private async Task<IResult> EndAsync(OpenCall call, IReadOnlyList<SessionToken> tokens)
    {
        var ended = false;
        foreach (var token in tokens)
        {
            ended |= await sessions.EndAsync(token, call.Cancellation);
        }

        var response = call.Request.HttpContext.Response;
        cookie.Clear(response);
        if (ended && _clearSiteData.Length > 0)
        {
            response.Headers["Clear-Site-Data"] = _clearSiteData;
        }

        return NoAnswer.Done;
    }
}

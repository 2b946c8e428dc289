using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Http;
using Sessions;

namespace SessionFunctions.Functions;

/// <summary><c>/sessions/current/data</c>: what the holder keeps in the session.</summary>
public sealed class DataFunctions(Gate gate, SessionService sessions, IOptions<SessionOptions> options)
{
    private const string Json = "application/json";
    private const string Merge = "application/merge-patch+json";

    [Function("ReplaceData")]
    public Task<IResult> ReplaceAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "sessions/current/data")] HttpRequest request) =>
        gate.HolderAsync(request, holder => ChangeAsync(holder, [Json], (_, data) => data));

    [Function("PatchData")]
    public Task<IResult> PatchAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "sessions/current/data")] HttpRequest request) =>
        gate.HolderAsync(request, holder => ChangeAsync(holder, [Merge, Json], MergePatch.Apply));

    private async Task<IResult> ChangeAsync(Holder holder, string[] mediaTypes, Func<SessionData, SessionData, Result<SessionData>> change)
    {
        var request = holder.Request;
        if (!mediaTypes.Contains(RequestBody.MediaTypeOf(request)))
        {
            return Problem.WrongMediaType(string.Join(" or ", mediaTypes));
        }

        if (options.Value.RequireIfMatch && request.Headers.IfMatch.Count == 0)
        {
            return Problem.VersionRequired();
        }

        if (!EntityTag.IfMatch(request).Succeeded(out var condition, out var refusal)
            || !(await RequestBody.ReadAsync(request, options.Value.MaxDataBytes)).Succeeded(out var body, out refusal)
            || !SessionData.Parse(body, "The body").Succeeded(out var sent, out refusal)
            || !(await sessions.ChangeDataAsync(holder.Token, condition, data => change(data, sent), holder.Cancellation)).Succeeded(out var session, out refusal))
        {
            return Problem.Of(refusal);
        }

        return new SessionAnswer(session);
    }
}

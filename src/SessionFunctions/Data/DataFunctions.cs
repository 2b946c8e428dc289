using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Data;
using Sessions.Data.Patch;

namespace SessionFunctions.Data;

/// <summary><c>/sessions/current/data</c>: what the holder keeps in the session.</summary>
public sealed class DataFunctions(EntryStep entry, DataChanges changes)
{
    private const string Json = "application/json";

    private static readonly Dictionary<string, Func<ReadOnlyMemory<byte>, Result<DataChange>>> Patches = new()
    {
        ["application/merge-patch+json"] = Merge,
        ["application/json-patch+json"] = body => JsonPatch.Parse(body).Then<DataChange>(patch => (DataChange)patch.Apply),
        [Json] = Merge,
    };

    [Function("ReplaceData")]
    public Task<IResult> ReplaceAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "sessions/current/data")] HttpRequest request) =>
        entry.HolderAsync(request, async holder => RequestBody.MediaTypeOf(request) == Json
            ? await ChangeAsync(holder, body => Parse(body).Then<DataChange>(data => (DataChange)(_ => data)))
            : Problem.WrongMediaType(Json));

    [Function("PatchData")]
    public Task<IResult> PatchAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "sessions/current/data")] HttpRequest request) =>
        entry.HolderAsync(request, async holder => Patches.TryGetValue(RequestBody.MediaTypeOf(request) ?? "", out var parse)
            ? await ChangeAsync(holder, parse)
            : Problem.WrongPatchType(Patches.Keys));

    private async Task<IResult> ChangeAsync(HolderCall holder, Func<ReadOnlyMemory<byte>, Result<DataChange>> parse) =>
        DataAddress.Strayed(holder.Request) is { } refusal
            ? Problem.Of(refusal)
            : await changes.ApplyAsync(holder, parse, session => new SessionAnswer(session));

    private static Result<DataChange> Merge(ReadOnlyMemory<byte> body) =>
        Parse(body).Then<DataChange>(patch => (DataChange)(data => MergePatch.Apply(data, patch)));

    private static Result<SessionData> Parse(ReadOnlyMemory<byte> body) => SessionData.Parse(body, "The body");
}

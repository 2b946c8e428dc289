using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Data;

namespace SessionFunctions.Data;

/// <summary>A change of data, the versions that it is meant for, and the key by which it may be made again.</summary>
internal sealed record DataRequest(TagCondition Condition, IdempotencyKey? Key, DataChange Change);

/// <summary>Reads the calls that change data, whoever makes them.</summary>
public sealed class DataRequests(IOptions<DataOptions> options, IOptions<SizeOptions> sizes)
{
    private const string MergePatchType = "application/merge-patch+json";
    private const string JsonPatchType = "application/json-patch+json";

    private static readonly string[] PatchTypes = [MergePatchType, JsonPatchType, RequestBody.Json];

    internal async Task<Outcome<DataRequest>> ReplacementAsync(HttpRequest request) => RequestBody.MediaTypeOf(request) == RequestBody.Json
        ? await ReadAsync(request, body => ParseObject(body).Then<DataChange>(data => (DataChange)(_ => data)))
        : Problem.WrongMediaType(RequestBody.Json);

    internal async Task<Outcome<DataRequest>> PatchAsync(HttpRequest request) => RequestBody.MediaTypeOf(request) switch
    {
        MergePatchType or RequestBody.Json => await ReadAsync(
            request, body => ParseObject(body).Then<DataChange>(patch => (DataChange)(data => MergePatch.Apply(data, patch)))),
        JsonPatchType => await ReadAsync(request, body => Sessions.Data.Patch.JsonPatch.Parse(body).Then<DataChange>(patch => (DataChange)patch.Apply)),
        _ => Problem.WrongPatchType(PatchTypes),
    };

    /// <summary>Any JSON value for a key. null is one, and is kept; deleting is what DELETE is for.</summary>
    internal async Task<Outcome<DataRequest>> ValueAsync(HttpRequest request, DataKey key) => RequestBody.MediaTypeOf(request) == RequestBody.Json
        ? await ReadAsync(request, body => DataValue.Parse(body).Then<DataChange>(value => (DataChange)(data => data.With(key, value))))
        : Problem.WrongMediaType(RequestBody.Json);

    internal Task<Outcome<DataRequest>> DeletionAsync(HttpRequest request, DataKey key) =>
        ReadAsync(request, _ => (DataChange)(data => data.Without(key)));

    internal async Task<Outcome<DataRequest>> IncrementAsync(HttpRequest request, DataKey key) => IncrementRequest.IsJsonOrNothing(request)
        ? await ReadAsync(request, body => IncrementRequest.Parse(body).Then<DataChange>(by => (DataChange)(data => by.Apply(data, key))))
        : Problem.WrongMediaType(RequestBody.Json);

    private async Task<Outcome<DataRequest>> ReadAsync(HttpRequest request, Func<ReadOnlyMemory<byte>, Result<DataChange>> parse)
    {
        if (options.Value.RequireIfMatch && request.Headers.IfMatch.Count == 0)
        {
            return Problem.VersionRequired();
        }

        if (!EntityTag.IfMatch(request).Succeeded(out var condition, out var refusal)
            || !IdempotencyHeader.Read(request).Succeeded(out var key, out refusal)
            || !(await RequestBody.ReadAsync(request, sizes.Value.MaxDataBytes)).Succeeded(out var body, out refusal)
            || !parse(body).Succeeded(out var change, out refusal))
        {
            return refusal;
        }

        return new DataRequest(condition, key, change);
    }

    private static Result<SessionData> ParseObject(ReadOnlyMemory<byte> body) => SessionData.Parse(body, "The body");
}

using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.Operate;

/// <summary>The body of a call that moves a session's deadlines: <c>{expiresIn?, endsIn?}</c>, in seconds from now.</summary>
internal sealed record DeadlinesRequest(TimeSpan? ExpiresIn, TimeSpan? EndsIn)
{
    private static readonly string[] Known = ["expiresIn", "endsIn"];

    private static readonly Refusal Nothing = Refusal.NotAllowed("The body must have expiresIn, endsIn or both.");

    public static Result<DeadlinesRequest> Parse(ReadOnlyMemory<byte> body) => BodyFields.Read(body, Known, fields =>
    {
        var wanted = new DeadlinesRequest(fields.Seconds("expiresIn"), fields.Seconds("endsIn"));
        if (wanted is { ExpiresIn: null, EndsIn: null })
        {
            fields.Refuse(Nothing);
        }

        return wanted;
    });
}

/// <summary>A merge patch of the claims, the versions that it is meant for, and the key by which it may be made again.</summary>
internal sealed record ClaimsRequest(TagCondition Condition, IdempotencyKey? Key, SessionData Patch)
{
    private const string MergePatchType = "application/merge-patch+json";

    public static async Task<Outcome<ClaimsRequest>> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (RequestBody.MediaTypeOf(request) is not (MergePatchType or RequestBody.Json))
        {
            return Problem.WrongMediaType($"{MergePatchType} or {RequestBody.Json}");
        }

        if (!EntityTag.IfMatch(request).Succeeded(out var condition, out var refusal)
            || !IdempotencyHeader.Read(request).Succeeded(out var key, out refusal)
            || !(await RequestBody.ReadAsync(request, maxBytes)).Succeeded(out var body, out refusal)
            || !SessionData.Parse(body, "The body").Succeeded(out var patch, out refusal))
        {
            return refusal;
        }

        return new ClaimsRequest(condition, key, patch);
    }
}

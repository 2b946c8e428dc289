using Microsoft.AspNetCore.Http;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Data;

namespace SessionFunctions.Data;

/// <summary>What a change of data is answered with.</summary>
internal static class DataAnswer
{
    /// <summary>The session as changed, unless the caller prefers to see nothing.</summary>
    public static IResult Changed(HttpRequest request, Session session) =>
        Preference.WantsMinimal(request) ? new NoContent(session) { AsPreferred = true } : new SessionAnswer(session);

    /// <summary>
    /// The sum that a key holds now; null where the key has gone since a change that was made again by its Idempotency-Key.
    /// </summary>
    public static IResult Counted(HttpRequest request, Session session, DataKey key)
    {
        if (Preference.WantsMinimal(request))
        {
            return new NoContent(session) { AsPreferred = true };
        }

        var held = session.Data.Find(key).Succeeded(out var sum, out _) ? sum.Utf8.Span : "null"u8;
        return new BytesAnswer((byte[])[.. "{\"value\":"u8, .. held, .. "}"u8]) { ETag = EntityTag.Of(session) };
    }
}

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

    /// <summary>The sum that a key holds now.</summary>
    public static IResult Counted(HttpRequest request, Session session, DataKey key)
    {
        if (Preference.WantsMinimal(request))
        {
            return new NoContent(session) { AsPreferred = true };
        }

        return session.Data.Find(key).Succeeded(out var sum, out _)
            ? new BytesAnswer((byte[])[.. "{\"value\":"u8, .. sum.Utf8.Span, .. "}"u8]) { ETag = EntityTag.Of(session) }
            : throw new InvalidOperationException("The key that was counted up isn't there.");
    }
}

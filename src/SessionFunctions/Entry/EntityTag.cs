using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>
/// A session's id and version as a strong ETag, <c>"{sid}.{version}"</c>, and the conditions that clients make of it (RFC 9110, section
/// 13). The address is the same for every holder, so the version alone would fit another's session too.
/// </summary>
internal static class EntityTag
{
    public static string Of(Session session) => Of(session.Id, session.Version);

    public static string Of(SessionId id, long version) => $"\"{id}.{version}\"";

    /// <summary>
    /// If-Match. A weak tag never matches, nor does a tag that isn't a version of the session; both are well-formed and so make the change
    /// stale, not the call malformed.
    /// </summary>
    public static Result<TagCondition> IfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return TagCondition.None;
        }

        if (Parse(header) is not { } tags)
        {
            return Refusal.Malformed("If-Match isn't a list of entity tags. Send the ETag as received, with its quotes.");
        }

        return tags.Any(tag => tag.Tag == "*")
            ? TagCondition.None
            : TagCondition.OneOf([.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString())]);
    }

    /// <summary>Whether If-None-Match names the session as it is, compared weakly. What can't be understood names nothing.</summary>
    public static bool IfNoneMatchNames(HttpRequest request, Session session) =>
        request.Headers.IfNoneMatch.Count > 0 && IfNoneMatchNames(request, Of(session));

    public static bool IfNoneMatchNames(HttpRequest request, string known) =>
        Parse(request.Headers.IfNoneMatch)?.Any(tag => tag.Tag == "*" || tag.Tag == known) ?? false;

    private static IList<EntityTagHeaderValue>? Parse(StringValues header) =>
        EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags) && tags.Count > 0 ? tags : null;
}

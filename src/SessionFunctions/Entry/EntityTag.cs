using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>A session's version as a strong ETag, and the conditions that clients make of it (RFC 9110, section 13).</summary>
internal static class EntityTag
{
    public static string Of(long version) => $"\"{version}\"";

    /// <summary>
    /// If-Match. A weak tag never matches, nor does a tag that isn't a version; both are well-formed and so make the change stale, not
    /// the call malformed.
    /// </summary>
    public static Result<VersionCondition> IfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return VersionCondition.None;
        }

        if (Parse(header) is not { } tags)
        {
            return Refusal.Malformed("If-Match isn't a list of entity tags. Send the ETag as received, with its quotes.");
        }

        return tags.Any(tag => tag.Tag == "*")
            ? VersionCondition.None
            : VersionCondition.OneOf([.. tags.Where(tag => !tag.IsWeak).Select(tag => VersionOf(tag.Tag)).OfType<long>()]);
    }

    /// <summary>Whether If-None-Match names the version, compared weakly. What can't be understood names nothing.</summary>
    public static bool IfNoneMatchNames(HttpRequest request, long version) => IfNoneMatchNames(request, Of(version));

    public static bool IfNoneMatchNames(HttpRequest request, string known) =>
        Parse(request.Headers.IfNoneMatch)?.Any(tag => tag.Tag == "*" || tag.Tag == known) ?? false;

    private static IList<EntityTagHeaderValue>? Parse(StringValues header) =>
        EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags) && tags.Count > 0 ? tags : null;

    /// <summary>Tags are compared character by character, so "07" isn't version 7.</summary>
    private static long? VersionOf(StringSegment tag) =>
        long.TryParse(tag.AsSpan().Trim('"'), out var version) && tag == Of(version) ? version : null;
}

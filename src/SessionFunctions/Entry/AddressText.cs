using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>
/// A text that stands percent-encoded in a call's address. The routed path can't tell it: Kestrel has decoded all of it but %2F, so that a%2Fb and
/// a%252Fb look the same. The address as it was sent can, and where that is found depends on who stands in front:
/// <list type="bullet">
/// <item>Nobody (SelfHost): it is the raw target.</item>
/// <item>The Functions host: it forwards a target put together anew from the routed path, where every % is encoded again. Only the platform's
/// front end knows the address, and passes it on in a header; it also decodes %2F on the way, so a text may take several segments of the route.</item>
/// <item>The Functions host on its own (Core Tools): nobody knows any more. %2F then stands for a slash, as nearly always.</item>
/// </list>
/// A header is believed only as far as it agrees with the routed path. Whoever makes one up reaches what they reach anyway.
/// </summary>
internal static class AddressText
{
    private const string ForwardedByHost = "x-ms-invocation-id";
    private const string UrlAsSent = "X-WAWS-Unencoded-URL";

    private static readonly Refusal Nothing = Refusal.Missing(
        "There is nothing at this address. A name that is empty, '.' or '..' can't stand in one.");

    private static readonly Refusal Unclear = Refusal.Malformed(
        "What this address names can't be told from it. Encode the name in UTF-8 with encodeURIComponent or its like; one with dot segments in it can't stand in an address.");

    /// <summary>The text after one part of the path and before another, which ends it.</summary>
    public static Result<string> Between(HttpRequest request, string before, string after)
    {
        if (Find(request.Path.Value, before, after) is not { } routed)
        {
            return Nothing;
        }

        if (Find(TargetAsSent(request), before, after) is not { } sent)
        {
            return routed.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        }

        return Decode(sent) is { } text && routed.Length <= sent.Length && DecodedToTheEnd(routed) == DecodedToTheEnd(text) ? text : Unclear;
    }

    /// <summary>
    /// Refuses an address that named something more before a browser or a server took '.', '..' or nothing for a path segment: taken at its
    /// word, deleting the key '..' would end the session, writing the key '.' replace all data, and revoking the session '' end every session.
    /// </summary>
    public static Refusal? Strayed(HttpRequest request, string before) =>
        request.Path.Value!.EndsWith('/') || Find(TargetAsSent(request), before, after: "") is not null ? Nothing : null;

    /// <summary>
    /// Whether the address was written just so. Routing also takes it with a slash at the end, which is what an id left empty makes of a
    /// longer one, and with dot segments, which is what the name ".." makes of another.
    /// </summary>
    public static bool IsExactly(HttpRequest request, string end) =>
        (TargetAsSent(request) ?? request.Path.Value ?? "").EndsWith($"/{end}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Without the query. (A question mark in the routed path, by contrast, is part of it.)</summary>
    private static string? TargetAsSent(HttpRequest request)
    {
        string? target = !request.Headers.ContainsKey(ForwardedByHost)
            ? request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget
            : request.Headers[UrlAsSent];
        return target?.Split('?', 2)[0];
    }

    private static string? Find(string? path, string before, string after)
    {
        if (path is null)
        {
            return null;
        }

        var start = path.IndexOf(before, StringComparison.OrdinalIgnoreCase);
        if (start < 0 || !path.EndsWith(after, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var (from, to) = (start + before.Length, path.Length - after.Length);
        return from < to ? path[from..to] : null;
    }

    /// <summary>Once, and strictly; null where an escape is broken or the bytes aren't UTF-8. A plus is a plus.</summary>
    private static string? Decode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b == '%')
            {
                if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1]) || !char.IsAsciiHexDigit((char)bytes[i + 2]))
                {
                    return null;
                }

                b = (byte)((Nibble(bytes[i + 1]) << 4) | Nibble(bytes[i + 2]));
                i += 2;
            }

            bytes[length++] = b;
        }

        var decoded = bytes.AsSpan(0, length);
        return Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }

    private static int Nibble(byte hex) => char.IsAsciiDigit((char)hex) ? hex - '0' : (hex | 0x20) - 'a' + 10;

    /// <summary>What both spellings come to, however often each was decoded on its way here.</summary>
    private static string DecodedToTheEnd(string text)
    {
        for (var next = Uri.UnescapeDataString(text); next != text; next = Uri.UnescapeDataString(text))
        {
            text = next;
        }

        return text;
    }
}

using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sessions;

namespace SessionFunctions.Http;

/// <summary>
/// Which key of the data a call's address names. The routed path can't tell: Kestrel has decoded all of it but %2F, so that a%2Fb and a%252Fb look
/// the same. The address as it was sent can, and where it is found depends on who stands in front:
/// <list type="bullet">
/// <item>Nobody (SelfHost): it is the raw target.</item>
/// <item>The Functions host: it forwards a target put together anew from the routed path, where every % is encoded again. Only the platform's
/// front end knows the address, and passes it on in a header; it also decodes %2F on the way, so a key may take several segments of the route.</item>
/// <item>The Functions host on its own (Core Tools): nobody knows any more. %2F then stands for a slash, as nearly always.</item>
/// </list>
/// A header is believed only as far as it agrees with the routed path. Whoever makes one up reaches their own keys, which they reach anyway.
/// </summary>
internal static class DataAddress
{
    /// <summary>Two parts, so that the path without a key doesn't match: the Functions host tries longer routes first, and lets a catch-all be empty.</summary>
    public const string Route = "sessions/current/data/{key}/{*rest}";

    private const string BeforeKey = "/sessions/current/data/";
    private const string ForwardedByHost = "x-ms-invocation-id";
    private const string AsSent = "X-WAWS-Unencoded-URL";

    private static readonly Refusal Nothing = Refusal.Missing(
        "There is nothing at this address. A key that is empty, '.' or '..' can't stand in one; such a key is reached by changing the data as a whole.");

    private static readonly Refusal Unclear = Refusal.Malformed(
        "The key can't be told from the address. Encode it in UTF-8 with encodeURIComponent or its like; a key with dot segments in it is reached by changing the data as a whole.");

    /// <param name="request">The call.</param>
    /// <param name="after">What stands behind the key.</param>
    public static Result<DataKey> KeyOf(HttpRequest request, string after = "")
    {
        if (KeyIn(request.Path.Value, after) is not { } routed)
        {
            return Nothing;
        }

        if (KeyIn(TargetAsSent(request), after) is not { } sent)
        {
            return DataKey.Parse(routed.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
        }

        if (Decode(sent) is not { } name)
        {
            return Unclear;
        }

        return DataKey.Parse(name).Then<DataKey>(key =>
            routed.Length <= sent.Length && DecodedToTheEnd(routed) == DecodedToTheEnd(name) ? key : Unclear);
    }

    /// <summary>
    /// Refuses an address that named a key before a browser or a server took '.', '..' or nothing for a path segment: taken at its word, deleting
    /// the key '..' would end the session, and writing the key '.' replace all data.
    /// </summary>
    public static Refusal? Strayed(HttpRequest request) =>
        request.Path.Value!.EndsWith('/') || KeyIn(TargetAsSent(request), "") is not null ? Nothing : null;

    /// <summary>Without the query. (A question mark in the routed path, by contrast, is part of it.)</summary>
    private static string? TargetAsSent(HttpRequest request)
    {
        string? target = !request.Headers.ContainsKey(ForwardedByHost)
            ? request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget
            : request.Headers[AsSent];
        return target?.Split('?', 2)[0];
    }

    private static string? KeyIn(string? path, string after)
    {
        if (path is null)
        {
            return null;
        }

        var start = path.IndexOf(BeforeKey, StringComparison.OrdinalIgnoreCase);
        if (start < 0 || !path.EndsWith(after, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var (from, to) = (start + BeforeKey.Length, path.Length - after.Length);
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

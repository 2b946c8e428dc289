using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace SessionFunctions.Entry;

/// <summary>The Prefer header (RFC 7240), as far as it is honoured here.</summary>
internal static class Preference
{
    public const string ReturnMinimal = "return=minimal";

    /// <summary>Whether the caller can do without the body. Of several wishes for the same thing the first one counts.</summary>
    public static bool WantsMinimal(HttpRequest request)
    {
        StringValues header = request.Headers["Prefer"];
        return header.Count > 0 && header
            .SelectMany(value => (value ?? "").Split(','))
            .Select(preference => preference.Split(';', 2)[0].Split('=', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(pair => pair[0].Equals("return", StringComparison.OrdinalIgnoreCase)) is [_, var wish]
            && wish.Trim('"').Equals("minimal", StringComparison.OrdinalIgnoreCase);
    }
}

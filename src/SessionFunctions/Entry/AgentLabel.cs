using Microsoft.AspNetCore.Http;

namespace SessionFunctions.Entry;

/// <summary>
/// A few words for a list that a person reads: "Firefox on Windows". The whole User-Agent would say too much about the person and is
/// nothing to read.
/// </summary>
internal static class AgentLabel
{
    private const int MaxChars = 64;

    /// <summary>In the order in which they must be looked for: Edge and Opera also say Chrome, and Chrome also says Safari.</summary>
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string? Of(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        return Find(Browsers, agent) is { } browser
            ? Find(Systems, agent) is { } system ? $"{browser} on {system}" : browser
            : Product(agent);
    }

    private static string? Find((string Sign, string Name)[] signs, string agent) =>
        signs.FirstOrDefault(sign => agent.Contains(sign.Sign, StringComparison.Ordinal)).Name;

    /// <summary>
    /// The first product of an app that is no browser, "curl" of "curl/8.1"; nothing where it has characters that a label shouldn't.
    /// </summary>
    private static string? Product(string agent)
    {
        var product = agent.Split('/', ' ')[0];
        return product.Length is > 0 and <= MaxChars && product.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? product : null;
    }
}

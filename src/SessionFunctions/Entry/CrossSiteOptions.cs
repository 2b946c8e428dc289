using System.Text;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>Whose pages may call.</summary>
public sealed class CrossSiteOptions
{
    public const string Section = "Sessions";

    /// <summary>
    /// Exact origins whose pages may change things with the cookie: <c>https://shop.example</c>. A list, or one comma-separated text.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; internal set; } = [];
}

internal sealed class CrossSiteRules : OptionsRules<CrossSiteOptions>
{
    protected override IEnumerable<string> Faults(CrossSiteOptions options)
    {
        foreach (var origin in options.AllowedOrigins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                || uri.Scheme is not ("http" or "https")
                || uri.UserInfo.Length > 0
                || !Ascii.IsValid(origin) // browsers send a name such as bücher.example as xn--bcher-kva.example
                || !string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.Ordinal))
            {
                yield return $"Sessions:AllowedOrigins has '{origin}'; set exact origins such as https://shop.example (no path, no slash at the end, no *, lower case).";
            }
        }
    }
}

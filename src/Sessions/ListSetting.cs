using Microsoft.Extensions.Configuration;

namespace Sessions;

/// <summary>
/// A setting that is a list. It may also be one text with commas, which is easier to pass through an environment variable; and
/// what is configured replaces the default, where the platform's own binding would add to it.
/// </summary>
public static class ListSetting
{
    public static IReadOnlyList<string> List(this IConfiguration section, string name)
    {
        var list = section.GetSection(name);
        var texts = list.GetChildren().Select(child => child.Value).Prepend(list.Value);
        return [.. texts.SelectMany(text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
    }
}

using Microsoft.Extensions.Configuration;

namespace Sessions;

/// <summary>A setting that is one of a few words. The platform's own binding stops at a wrong one without saying which there are.</summary>
public static class ChoiceSetting
{
    /// <summary>
    /// What is set, or the default; null where it is none of the words. Numbers aren't words: a SameSite of 0, meant to
    /// switch it off, would be None.
    /// </summary>
    public static TChoice? Choice<TChoice>(this IConfiguration section, string name, TChoice otherwise)
        where TChoice : struct, Enum =>
        section[name] is not { Length: > 0 } text ? otherwise
        : Enum.GetNames<TChoice>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<TChoice>(text, ignoreCase: true)
        : null;
}

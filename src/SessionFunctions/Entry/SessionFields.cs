using Sessions;

namespace SessionFunctions.Entry;

/// <summary>Which members of the session document a caller wants.</summary>
internal sealed class SessionFields
{
    public static readonly SessionFields All = new(null);

    private readonly IReadOnlyCollection<string>? _wanted;

    private SessionFields(IReadOnlyCollection<string>? wanted) => _wanted = wanted;

    /// <summary>An unknown name is refused: a misspelt one would otherwise look like a member that isn't set.</summary>
    public static Result<SessionFields> Parse(string names)
    {
        var wanted = names.Split(',', StringSplitOptions.TrimEntries);
        return wanted.All(SessionDocument.Members.Contains)
            ? new SessionFields(wanted)
            : Refusal.Malformed($"fields names a member that isn't known. Known are {string.Join(", ", SessionDocument.Members)}.");
    }

    public bool Has(string name) => _wanted?.Contains(name) ?? true;
}

namespace Sessions.SignIn;

/// <summary>What outlives a new sign-in.</summary>
internal sealed class KeptClaimsOptions
{
    public const string Section = "Sessions";

    /// <summary>
    /// Claims that stay when the user of a session signs in again: those that aren't about the sign-in. All others are the new sign-in's,
    /// so that a right which the user has lost since is lost here too.
    /// </summary>
    public IReadOnlyList<string> KeepClaims { get; internal set; } = [];
}

internal sealed class KeptClaimsRules : OptionsRules<KeptClaimsOptions>
{
    private const int Most = 64;

    protected override IEnumerable<string> Faults(KeptClaimsOptions options)
    {
        if (options.KeepClaims.Count > Most)
        {
            yield return $"Sessions:KeepClaims has {options.KeepClaims.Count} names; set at most {Most}.";
        }

        foreach (var name in options.KeepClaims.Where(name => name.Length is 0 or > JsonRules.MaxNameChars))
        {
            yield return $"Sessions:KeepClaims has a name of {name.Length} characters; set names of 1 to {JsonRules.MaxNameChars}.";
        }
    }
}

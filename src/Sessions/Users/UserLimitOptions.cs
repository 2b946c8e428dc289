using Microsoft.Extensions.Configuration;

namespace Sessions.Users;

/// <summary>How many sessions a user may have.</summary>
internal sealed class UserLimitOptions
{
    public const string Section = "Sessions";

    private const string EvictOldest = "evict-oldest";
    private const string Reject = "reject";

    /// <summary>Most sessions of one user at a time; 0: any number.</summary>
    public int MaxPerUser { get; set; }

    /// <summary>
    /// What happens to a sign-in past <see cref="MaxPerUser"/>: <c>evict-oldest</c> or <c>reject</c>. Null where the setting is neither.
    /// </summary>
    public UserOverflow? UserOverflow { get; internal set; } = Users.UserOverflow.EvictOldest;

    /// <summary>The setting has words with a hyphen, which the platform's binder doesn't take for an enum.</summary>
    internal void BindOverflow(IConfiguration section) => UserOverflow = section[nameof(UserOverflow)] switch
    {
        null or "" or EvictOldest => Users.UserOverflow.EvictOldest,
        Reject => Users.UserOverflow.Reject,
        _ => null,
    };

    internal static string OverflowNames => $"{EvictOldest} or {Reject}";
}

internal enum UserOverflow
{
    /// <summary>The user's oldest session ends.</summary>
    EvictOldest,

    /// <summary>The sign-in is refused.</summary>
    Reject,
}

internal sealed class UserLimitRules : OptionsRules<UserLimitOptions>
{
    private const int Most = 1000;

    protected override IEnumerable<string> Faults(UserLimitOptions options)
    {
        if (options.MaxPerUser is < 0 or > Most)
        {
            yield return $"Sessions:MaxPerUser is {options.MaxPerUser}; set 1 to {Most}, or 0 for any number.";
        }

        if (options.UserOverflow is null)
        {
            yield return $"Sessions:UserOverflow is neither of the two; set {UserLimitOptions.OverflowNames}.";
        }
    }
}

using Sessions;

namespace SessionFunctions.Entry;

/// <summary>Which session an address names.</summary>
internal static class SessionInPath
{
    private static readonly Refusal NoId = Refusal.Malformed("The address must name a session by its id.");

    /// <summary>For a call on a session: what is no id names none that there is.</summary>
    public static Outcome<SessionId> Find(string sid) => SessionId.TryParse(sid, out var id) ? id : Refusal.NoSuchSession;

    /// <summary>
    /// For a call that ends a session and would answer the same for one that isn't there: a mistake mustn't look like success.
    /// </summary>
    public static Outcome<SessionId> Parse(string sid) => SessionId.TryParse(sid, out var id) ? id : NoId;
}

namespace SessionFunctions.Tests.Fuzz;

/// <summary>What a call that went through means for the sessions that its lane knows.</summary>
internal static class FuzzLessons
{
    public static void Ended(FuzzCall call, FuzzAnswer answer, FuzzMemory memory)
    {
        if (answer.Status is not (200 or 204))
        {
            return;
        }

        switch (call.Route?.ToString())
        {
            case "DELETE sessions/current" when call.Holder is { } holder:
                // Another token beside it, and nobody was spoken for.
                holder.State = call.Headers.Count(header => header.Name is "Authorization" or "Cookie" or "Session-Token") == 1 ? FuzzState.Ended : FuzzState.Unsure;
                break;

            case "DELETE sessions/current/siblings" when (call.Holder ?? call.Misused) is { User: { } shared } sibling:
                // Also by an old token, in its grace.
                End(memory, session => session != sibling && session.User == shared);
                break;

            case "POST sessions/current/sign-in" when call.Holder is { } moved:
                moved.State = FuzzState.Ended;
                break;

            case "POST manage/sessions/{sid}/sign-in" or "DELETE manage/sessions/{sid}" when call.Sid is { } target:
                target.State = FuzzState.Ended;
                break;

            case "DELETE sessions/current/siblings/{sid}" when call.Sid is { } other:
                other.State = FuzzState.Ended;
                break;

            case "POST manage/users/end-sessions":
                var (user, except) = (call.TextOf("user"), call.TextOf("except"));
                End(memory, session => session.Sid != except && session.User == user);
                break;
        }
    }

    /// <summary>One more session of a user: past the limit it took the place of another.</summary>
    public static void SignedIn(string? user, FuzzMemory memory)
    {
        var others = memory.Sessions.Where(session => user is not null && session.User == user && session.State != FuzzState.Ended).ToList();
        if (others.Count >= FuzzHost.MaxPerUser)
        {
            foreach (var session in others)
            {
                session.State = FuzzState.Unsure;
            }
        }
    }

    private static void End(FuzzMemory memory, Predicate<FuzzSession> which)
    {
        foreach (var session in memory.Sessions.Where(session => which(session)))
        {
            session.State = FuzzState.Ended;
        }
    }
}

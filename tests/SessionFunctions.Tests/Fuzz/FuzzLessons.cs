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
                holder.State = call.Headers.Count(header => header.Name is "Authorization" or "Cookie") == 1 ? FuzzState.Ended : FuzzState.Unsure;
                break;

            case "DELETE sessions/current/siblings" when (call.Holder ?? call.Misused) is { User: { } user } sibling:
                // Also by an old token, in its grace.
                End(memory, session => session != sibling && session.User == user);
                break;

            case "POST sessions/current/user" when call.Holder is { } moved:
                moved.State = FuzzState.Ended;
                break;

            case "PUT manage/sessions/{sid}/user" or "DELETE manage/sessions/{sid}" when call.Sid is { } target:
                target.State = FuzzState.Ended;
                break;

            case "DELETE manage/users/{user}/{*rest}" when call.User is { } named:
                End(memory, session => session != call.Except && session.User == named);
                break;
        }
    }

    /// <summary>One more session of a user: past the limit it took the place of another.</summary>
    public static void Bound(string? user, FuzzMemory memory)
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
